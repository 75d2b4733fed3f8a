export type { CopiedTensor, CopyPlace } from './copied';
export type { ReadBytes } from './copied_chunks';
export { initModel, type InitModelOptions } from './init_model';
export type { InitializedModel, Weight, WeightValues } from './initialized';
export type { ModelDescription, TensorDescription } from './description';
export { type Hdf5Library, loadHdf5 } from '../formats/hdf5';
export { fillingLabel } from '../initializers/label';
export {
  type CommonLayerOptions,
  type CustomInitializer,
  type CustomLayer,
  type CustomLayerResult,
  type CustomWeight,
  type Dims,
  type InputLayerOptions,
  type JsonWriter,
  type KerasLayer,
  KerasModel,
  kerasModel,
  type KerasModelOptions,
  type KerasWeight,
  type LayerFactory,
  type LayerOptions,
  layers,
  type Layers,
  type LayerSource,
  type ManifestEntry,
  type NameStyle,
  Sequential,
  type SequentialOptions,
  type SummaryOptions,
} from './keras';
export {
  type CopiedFileTensor,
  type FileTensor,
  type ModelChunkOptions,
  ModelFile,
  modelFile,
  type ModelFileOptions,
  type ModelFileTensor,
} from './model_file';
export type { IndexedCheckpoint, KeyBy, ModelOptions, ModelSource } from './options';
export type { LoadedModel } from './loaded_model';
export { PRESETS } from './presets';
export { bytesToRead } from './reading';
export type { ResolvedTensor, TensorChunk } from './resolved';
export type { Rule, RuleTable } from './rules/rule';
export { RULE_TABLES } from './rules/tables';
export type { RulesTemplate, TemplateRule } from './rules/template';
export type { TensorPart } from './tensor_part';
export { describeModel, filesBeside, needsRules, parseModel, rulesTemplate } from './source';
