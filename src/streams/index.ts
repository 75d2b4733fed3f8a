/**
 * Streams of other frameworks: the same seed gives the numbers that they give.
 * @module
 */
export { jax, JaxKey } from './jax';
export { kerasJax } from './keras/jax';
export { kerasTensorflow } from './keras/tensorflow';
export { kerasTorch } from './keras/torch';
export { type SeedType, tensorflow, TensorflowKey } from './tensorflow';
export {
  type GainOptions,
  type KaimingOptions,
  type Nonlinearity,
  type NormalOptions,
  torch,
  TorchGenerator,
  TorchKey,
  type TruncNormalOptions,
  type UniformOptions,
} from './torch';
