/**
 * Streams of other frameworks: the same seed gives the numbers that they give.
 * @module
 */
export { jax, type Jax, JaxKey } from './jax';
export { kerasNumpy } from './keras/numpy';
export { kerasJax } from './keras/jax';
export { kerasTensorflow } from './keras/tensorflow';
export { kerasTorch } from './keras/torch';
export { type Numpy, numpy, NumpyKey } from './numpy';
export { type SeedType, type Tensorflow, tensorflow, TensorflowKey } from './tensorflow';
export {
  type GainOptions,
  type KaimingOptions,
  type Nonlinearity,
  type NormalOptions,
  type Torch,
  torch,
  TorchGenerator,
  TorchKey,
  type TruncNormalOptions,
  type UniformOptions,
} from './torch';
export {
  type TorchCudaCard,
  torchCuda,
  TorchCudaGenerator,
  TorchCudaKey,
  type TorchCudaStream,
} from './torch/cuda';
export { type TorchStateless, torchStateless, TorchStatelessKey } from './torch/stateless';
