/** Old names, for files that still import them. */
export { configuredSeed } from '../initializers/configured_seed';
export { initializerLabel } from '../initializers/label';
export {
  initializerFrom as makeInitializer,
  type InitializerSpec as InitializerSource,
} from '../initializers/spec';
export { refuseSeed } from './refuse_seed';
