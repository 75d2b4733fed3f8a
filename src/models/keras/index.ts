export {
  type CommonLayerOptions,
  type LayerFactory,
  layers,
  type Layers,
  type LayerOptions,
} from './factories';
export type {
  CustomInitializer,
  CustomLayer,
  CustomLayerResult,
  CustomWeight,
  KerasModelOptions,
} from './hooks';
export { isKerasModel, type KerasLayer, KerasModel, kerasModel } from './model';
export type { JsonWriter, LayerSource } from './config_fields';
export { Sequential, type SequentialOptions } from './sequential';
export type { Dims } from './shape';
export type { SummaryOptions } from './summary';
export type { KerasWeight } from './weight';
