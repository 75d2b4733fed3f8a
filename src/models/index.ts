export { initModel, type InitModelOptions } from './init_model';
export type { InitializedModel, Weight } from './initialized';
export type { ModelDescription, TensorDescription } from './description';
export { fillingLabel } from '../initializers/label';
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
} from './keras';
export {
  type ModelChunkOptions,
  ModelFile,
  modelFile,
  type ModelFileOptions,
  type ModelFileTensor,
} from './model_file';
export { PRESETS } from './presets';
export { bytesToRead } from './reading';
export type { ResolvedTensor, TensorChunk } from './resolved';
export type { Rule, RuleTable } from './rules/rule';
export { RULE_TABLES } from './rules/tables';
export {
  describeModel,
  filesBeside,
  type LoadedModel,
  type ModelOptions,
  type ModelSource,
  needsRules,
  parseModel,
} from './source';
