export { ArgumentError, DeviceError } from './errors';
export { bits } from './bits';
export type { Draw, MathMode } from './draw';
export type { Dtype, TensorData } from './dtype';
export { listAdapters, type AdapterDescription } from './gpu/device';
export type { PreparedFill } from './gpu/prepared';
export * as initializers from './initializers';
export type { Initializer } from './initializers';
export type { InitializerLike, JobOptions } from './job';
export { Key, type Seed } from './key';
export type { FillRequest, SharedOptions, TensorRequest } from './requests';
export {
  Sampler, type Backend, type Chunk, type ChunkAllOptions, type ChunkOptions, type EncodeOptions, type FillAllOptions, type FillOptions,
  type PrepareAllOptions, type PrepareOptions, type PrepareRequest, type SamplerOptions,
} from './sampler';
export type { Range, Shape } from './shape';
export type { Tensor } from './tensor';
