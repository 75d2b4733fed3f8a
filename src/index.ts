/**
 * Fills tensors with random numbers that follow from a seed, on a GPU or on the CPU.
 * @module
 */
export * as initializers from './initializers';
export type { Draw, Filling, Initializer, InitializerSpec, Part } from './initializers';
export {
  type AdapterDescription,
  type AdapterInfo,
  ArgumentError,
  type BackendChoice,
  type Chunk,
  type ChunkAllOptions,
  type ChunkOptions,
  type CpuPath,
  DeviceError,
  type Dtype,
  type EncodeOptions,
  type Encoder,
  type FillAllOptions,
  type FillOptions,
  type FillRequest,
  isSoftwareAdapter,
  type Job,
  type JobOptions,
  Key,
  listAdapters,
  type MathMode,
  type PrepareAllOptions,
  type PreparedFill,
  type PrepareOptions,
  type PrepareRequest,
  type Range,
  Sampler,
  type SamplerOptions,
  type Seed,
  type Shape,
  type SharedOptions,
  type Stretch,
  type Tensor,
  type TensorData,
  type TensorRequest,
  toFloat32,
} from './sampler';
