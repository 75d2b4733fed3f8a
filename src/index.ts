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
export { initModel, type InitModelOptions } from './models/init_model';
export type { InitializedModel, Weight } from './models/initialized';
export type { ModelDescription, TensorDescription } from './models/description';
export { type Filling, fillingLabel, type Part, type Stretch } from './models/parts';
export {
  type CustomInitializer, type CustomLayer, type CustomLayerResult, type CustomWeight, type KerasLayer, KerasModel, kerasModel, type KerasWeight,
  layers, Sequential,
} from './models/keras';
export { type ModelChunkOptions, ModelFile, modelFile, type ModelFileOptions, type ModelFileTensor } from './models/model_file';
export { PRESETS } from './models/presets';
export { bytesToRead } from './models/reading';
export type { ResolvedTensor, TensorChunk } from './models/resolved';
export type { Rule, RuleTable } from './models/rules/rule';
export { RULE_TABLES } from './models/rules/tables';
export { describeModel, filesBeside, type LoadedModel, type ModelOptions, type ModelSource, needsRules, parseModel } from './models/source';
export type { FillRequest, SharedOptions, TensorRequest } from './requests';
export {
  Sampler, type Backend, type Chunk, type ChunkAllOptions, type ChunkOptions, type EncodeOptions, type FillAllOptions, type FillOptions,
  type PrepareAllOptions, type PrepareOptions, type PrepareRequest, type SamplerOptions,
} from './sampler';
export type { Range, Shape } from './shape';
export { type Tensor, toFloat32 } from './tensor';
