/**
 * Fills tensors with random numbers that follow from a seed, on a GPU or on the CPU.
 * @module
 */
export type { Dtype, TensorData } from './core/dtype';
export { ArgumentError, DeviceError } from './core/errors';
export type { Range, Shape } from './core/shape';
export * as initializers from './initializers';
export type { Draw, Filling, Initializer, InitializerSpec, Part } from './initializers';
export {
  type AdapterDescription,
  type AdapterInfo,
  type BackendChoice,
  type Chunk,
  type ChunkAllOptions,
  type ChunkOptions,
  type CpuPath,
  type EncodeOptions,
  type Encoder,
  type FillAllOptions,
  type FillOptions,
  type FillRequest,
  type Job,
  type JobOptions,
  Key,
  type KeyData,
  isSoftwareAdapter,
  listAdapters,
  type MathMode,
  type PrepareAllOptions,
  type PreparedFill,
  type PrepareOptions,
  type PrepareRequest,
  Sampler,
  type SamplerOptions,
  type Seed,
  type SharedOptions,
  type Stretch,
  type Tensor,
  type TensorRequest,
  toFloat32,
} from './sampler';
