/**
 * TensorFlow.js's random operations with its own signatures, on its GPU: the same seed gives the same numbers on
 * every device. `install` makes tf.js itself use them.
 *
 * @module
 */
export { dropout } from './dropout';
export { randomGamma } from './gammas';
export { install, type InstallOptions } from './install/install';
export { multinomial } from './multinomial';
export { randomNormal, randomStandardNormal, truncatedNormal } from './normals';
export { randomUniform, randomUniformInt } from './uniforms';
