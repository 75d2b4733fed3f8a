/**
 * Streams of other frameworks: the same seed gives the numbers that they give.
 * @module
 */
export { jax, JaxKey } from './jax';
export { kerasTensorflow } from './keras/tensorflow';
export { type SeedType, tensorflow, TensorflowKey } from './tensorflow';
export { torch } from './torch';
