export type { Dtype, TensorData } from './core/dtype';
export { ArgumentError, DeviceError } from './core/errors';
export type { Range, Shape } from './core/shape';
export * as initializers from './initializers';
export type { Draw, Filling, Initializer, InitializerSpec, Part } from './initializers';
export {
  type AdapterDescription,
  type BackendChoice,
  type Chunk,
  type ChunkAllOptions,
  type ChunkOptions,
  type EncodeOptions,
  type FillAllOptions,
  type FillOptions,
  type FillRequest,
  type Job,
  type JobOptions,
  Key,
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
  type Tensor,
  type TensorRequest,
  toFloat32,
} from './sampler';
