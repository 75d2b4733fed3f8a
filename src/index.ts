export { ArgumentError, DeviceError } from './core/errors';
export { bits } from './initializers/bits';
export type { Draw, MathMode } from './distributions/draw';
export type { Dtype, TensorData } from './core/dtype';
export { listAdapters, type AdapterDescription } from './backends/gpu/device/device';
export type { PreparedFill } from './backends/gpu/commands/prepared';
export * as initializers from './initializers';
export type { Initializer } from './initializers';
export type { InitializerLike, JobOptions } from './jobs/job';
export { Key, type Seed } from './streams/key';
export { initModel, type InitModelOptions } from './models/init_model';
export type { InitializedModel, Weight } from './models/initialized';
export type { ModelDescription, TensorDescription } from './models/description';
export { type Filling, fillingLabel, type Part, type Stretch } from './models/parts';
export {
  type CustomInitializer,
  type CustomLayer,
  type CustomLayerResult,
  type CustomWeight,
  type KerasLayer,
  KerasModel,
  kerasModel,
  type KerasWeight,
  layers,
  Sequential,
} from './models/keras';
export {
  type ModelChunkOptions,
  ModelFile,
  modelFile,
  type ModelFileOptions,
  type ModelFileTensor,
} from './models/model_file';
export { PRESETS } from './models/presets';
export { bytesToRead } from './models/reading';
export type { ResolvedTensor, TensorChunk } from './models/resolved';
export type { Rule, RuleTable } from './models/rules/rule';
export { RULE_TABLES } from './models/rules/tables';
export {
  describeModel,
  filesBeside,
  type LoadedModel,
  type ModelOptions,
  type ModelSource,
  needsRules,
  parseModel,
} from './models/source';
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
