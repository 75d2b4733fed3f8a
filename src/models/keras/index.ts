export { type LayerFactory, layers, type Layers, type LayerOptions } from './factories';
export type { CommonLayerOptions } from './common_options';
export type {
  CustomInitializer,
  CustomLayer,
  CustomLayerResult,
  CustomWeight,
  KerasModelOptions,
} from './hooks';
export type { InputLayerOptions } from './input_layer';
export {
  isKerasModel,
  type KerasLayer,
  KerasModel,
  kerasModel,
  isEmpty,
  printSummary,
  snapshotOf,
} from './model';
export type { JsonWriter, LayerSource } from './config_fields';
export { Sequential, type SequentialOptions } from './sequential';
export type { Dims } from './shape';
export { print, readSummaryOptions, type SummaryArguments, type SummaryOptions } from './summary_options';
export type { ManifestEntry } from './manifest';
export { NAME_STYLES, type NameStyle } from './names';
export type { KerasWeight } from './weight';
