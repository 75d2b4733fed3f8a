/**
 * Streams of other frameworks: the same seed gives the numbers that they give.
 * @module
 */
export { jax, JaxKey } from './jax';
export { kerasNumpy } from './keras/numpy';
export { kerasTensorflow } from './keras/tensorflow';
export { numpy, NumpyKey } from './numpy';
export { type SeedType, tensorflow, TensorflowKey } from './tensorflow';
export { torch } from './torch';
