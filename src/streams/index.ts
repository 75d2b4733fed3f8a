/**
 * Streams of other frameworks: the same seed gives the numbers that they give.
 * @module
 */
export { jax, JaxKey } from './jax';
export { torch } from './torch';
