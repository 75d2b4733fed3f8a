/**
 * Random operations on the memory of a program, on the GPU and on the CPU with the same bits.
 *
 * @module
 */
export {
  categorical,
  type CategoricalOptions,
  prepareCategorical,
  type PrepareCategoricalOptions,
} from './categorical/categorical';
export type { LogitsDtype } from './categorical/options';
export { choice, type ChoiceOptions } from './choice/choice';
export type { Output } from './output';
export { dropout, type DropoutOptions, prepareDropout, type PrepareDropoutOptions } from './dropout/dropout';
export type { ElementDtype } from './elementwise/options';
export type { PreparedOperation } from './gpu/prepared';
export { addNoise, type NoiseOptions, prepareNoise, type PrepareNoiseOptions } from './noise/noise';
