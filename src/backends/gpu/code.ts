/** What is loaded when something is first computed on a GPU. */
export { openDevice } from './device/device';
export { Health } from './device/health';
export { encodeOnGpu } from './encode';
export { checkOnGpu, fillOnGpu } from './fill';
export { lacksOperandsOf, loadOperands, provideOperands } from './operands';
export { lacksShadersOf, loadShaders } from './pipelines/loaded_shaders';
export { prepareOnGpu } from './prepare';
