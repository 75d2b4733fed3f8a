export type { Chunk } from './backends/backend';
export type { BackendChoice } from './backends/choose';
export { listAdapters, type AdapterDescription } from './backends/gpu/device/device';
export type { PreparedFill } from './backends/gpu/prepared';
export { type Tensor, toFloat32 } from './backends/tensor';
export type { Dtype, TensorData } from './core/dtype';
export { ArgumentError, DeviceError } from './core/errors';
export type { Range, Shape } from './core/shape';
export type { Draw } from './distributions/draw';
export type { MathMode } from './distributions/math';
export * as initializers from './initializers';
export type { Initializer } from './initializers';
export type { InitializerSpec, Part } from './initializers/resolve';
export type { Job } from './jobs/job';
export type { FillRequest, JobOptions, SharedOptions, TensorRequest } from './jobs/request';
export type {
  ChunkAllOptions,
  ChunkOptions,
  EncodeOptions,
  FillAllOptions,
  FillOptions,
  PrepareAllOptions,
  PrepareOptions,
  PrepareRequest,
  SamplerOptions,
} from './sampler/options';
export { Sampler } from './sampler/sampler';
export { Key, type Seed } from './streams/key';
