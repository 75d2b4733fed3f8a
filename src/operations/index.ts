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
export type { PreparedCategorical } from './categorical/prepared';
export { choice, type ChoiceOptions } from './choice/choice';
export type { Output } from './output';
