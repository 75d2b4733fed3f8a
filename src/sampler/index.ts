/** Filling tensors: the sampler, and the types of what goes in and comes out. */
export type { Chunk } from '../backends/backend';
export type { BackendChoice } from '../backends/choose';
export { isSoftware as isSoftwareAdapter } from '../backends/gpu/device/adapter_kind';
export { type AdapterDescription, listAdapters } from '../backends/gpu/device/device';
export type { PreparedFill } from '../backends/gpu/prepared';
export { type Tensor, toFloat32 } from '../backends/tensor';
export type { Job } from '../jobs/job';
export { resolveRequest } from '../jobs/resolve';
export { Key, type Seed } from '../streams/key';
export type { FillRequest, JobOptions, MathMode, SharedOptions, TensorRequest } from '../jobs/request';
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
} from './options';
export { Sampler } from './sampler';
