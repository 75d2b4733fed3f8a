export { ArgumentError, DeviceError } from './core/errors';
export type { Draw, MathMode } from './distributions/draw';
export type { Dtype, TensorData } from './core/dtype';
export { isSoftware as isSoftwareAdapter } from './backends/gpu/device/adapter_kind';
export { listAdapters, type AdapterDescription } from './backends/gpu/device/device';
export type { PreparedFill } from './backends/gpu/commands/prepared';
export * as initializers from './initializers';
export type { Initializer } from './initializers';
export type { InitializerSpec, JobOptions } from './jobs/job';
export { Key, type Seed } from './streams/key';
export type { FillRequest, SharedOptions, TensorRequest } from './jobs/requests';
export {
  Sampler,
  type Backend,
  type Chunk,
  type ChunkAllOptions,
  type ChunkOptions,
  type EncodeOptions,
  type FillAllOptions,
  type FillOptions,
  type PrepareAllOptions,
  type PrepareOptions,
  type PrepareRequest,
  type SamplerOptions,
} from './sampler/sampler';
export type { Range, Shape } from './core/shape';
export { type Tensor, toFloat32 } from './sampler/tensor';
