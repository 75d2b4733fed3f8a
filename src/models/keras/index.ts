export { layers, type LayerOptions } from './factories';
export type {
  CustomInitializer,
  CustomLayer,
  CustomLayerResult,
  CustomWeight,
  KerasModelOptions,
} from './hooks';
export { type KerasLayer, KerasModel, kerasModel } from './model';
export { Sequential, type SequentialOptions } from './sequential';
export type { SummaryOptions } from './summary';
export type { KerasWeight } from './weight';
