/** The sampler, the types of its arguments and results, and its errors. */
export type { Dtype, TensorData } from '../core/dtype';
export { ArgumentError, DeviceError } from '../core/errors';
export type { Range, Shape } from '../core/shape';
export type { Chunk } from '../backends/backend';
export type { KeysPlace } from '../backends/keys_place';
export type { BackendChoice } from '../backends/choose';
export type { CpuPath } from '../backends/cpu/options';
export type { Encoder } from '../backends/gpu/commands/recording';
export { type AdapterInfo, isSoftware as isSoftwareAdapter } from '../backends/gpu/device/adapter_kind';
export { type AdapterDescription, listAdapters } from '../backends/gpu/device/adapters';
export type { PreparedFill } from '../backends/gpu/prepared';
export { type Tensor, toFloat32 } from '../backends/tensor';
export { isRandom, type Job, type Stretch } from '../jobs/job';
export { keyIn, resolveRequest } from '../jobs/resolve';
export type { ForeignInitializer, Stream, StreamKey } from '../streams/definition';
export { Key, type KeyData, type Seed } from '../streams/key';
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
