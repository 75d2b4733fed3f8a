/**
 * Keras's initializers as tf.layers takes them: subclasses of tf.js's own base class, of the library's names
 * and arguments (and tf.js's spelling of VarianceScaling's), which fill on the GPU.
 */
import { initializers as keras } from '../../index';
import { define, factoryOf } from './define';
import type { VarianceScalingOptions } from './spelling';

/**
 * One value everywhere, for every shape.
 *
 * @example
 * ```ts
 * import { Constant } from 'tensorseed/tfjs';
 *
 * console.log(JSON.stringify(new Constant({ value: 0.5 }).getConfig())); // {"value":0.5}
 * ```
 */
export const Constant = define(keras.Constant);

/**
 * One value everywhere, for every shape. It is the same as `new Constant(options)`.
 * @param options `value`, a finite number or a boolean; default 0
 * @throws ArgumentError where `value` is anything else
 *
 * @example
 * ```ts
 * import { constant } from 'tensorseed/tfjs';
 *
 * const values = await constant({ value: 0.5 }).apply([2, 2]).data();
 * console.log(values.join()); // 0.5,0.5,0.5,0.5
 * ```
 */
export const constant = factoryOf(Constant);

/**
 * Normal values of mean 0 and variance 2 / (fan in + fan out), cut at two standard deviations.
 *
 * @example
 * ```ts
 * import { GlorotNormal } from 'tensorseed/tfjs';
 *
 * const initializer = new GlorotNormal({ seed: 42 });
 * console.log(JSON.stringify(initializer.getConfig())); // {"seed":42,"inputAxes":null,"outputAxes":null}
 * ```
 */
export const GlorotNormal = define(keras.GlorotNormal);

/**
 * Normal values of mean 0 and variance 2 / (fan in + fan out), cut at two standard deviations. It is the
 * same as `new GlorotNormal(options)`.
 * @param options `seed`, and the axes of the fans, `inputAxes` and `outputAxes`
 * @throws ArgumentError for a seed or axes that cannot be right
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { glorotNormal } from 'tensorseed/tfjs';
 *
 * const kernelInitializer = glorotNormal({ seed: 42 });
 * const layer = tf.layers.dense({ units: 4, inputShape: [3], kernelInitializer });
 * tf.sequential({ layers: [layer] });
 * console.log(layer.getWeights()[0].shape.join()); // 3,4
 * ```
 */
export const glorotNormal = factoryOf(GlorotNormal);

/**
 * Uniform values in [-limit, limit), where limit = sqrt(6 / (fan in + fan out)).
 *
 * @example
 * ```ts
 * import { GlorotUniform } from 'tensorseed/tfjs';
 *
 * const initializer = new GlorotUniform({ seed: 42 });
 * console.log(JSON.stringify(initializer.getConfig())); // {"seed":42,"inputAxes":null,"outputAxes":null}
 * ```
 */
export const GlorotUniform = define(keras.GlorotUniform);

/**
 * Uniform values in [-limit, limit), where limit = sqrt(6 / (fan in + fan out)). It is the same as `new
 * GlorotUniform(options)`.
 * @param options `seed`, and the axes of the fans, `inputAxes` and `outputAxes`
 * @throws ArgumentError for a seed or axes that cannot be right
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { glorotUniform } from 'tensorseed/tfjs';
 *
 * const kernelInitializer = glorotUniform({ seed: 42 });
 * const layer = tf.layers.dense({ units: 4, inputShape: [3], kernelInitializer });
 * tf.sequential({ layers: [layer] });
 * console.log(layer.getWeights()[0].shape.join()); // 3,4
 * ```
 */
export const glorotUniform = factoryOf(GlorotUniform);

/**
 * Normal values of mean 0 and variance 2 / fan in, cut at two standard deviations.
 *
 * @example
 * ```ts
 * import { HeNormal } from 'tensorseed/tfjs';
 *
 * const initializer = new HeNormal({ seed: 42 });
 * console.log(JSON.stringify(initializer.getConfig())); // {"seed":42,"inputAxes":null,"outputAxes":null}
 * ```
 */
export const HeNormal = define(keras.HeNormal);

/**
 * Normal values of mean 0 and variance 2 / fan in, cut at two standard deviations. It is the same as `new
 * HeNormal(options)`.
 * @param options `seed`, and the axes of the fans, `inputAxes` and `outputAxes`
 * @throws ArgumentError for a seed or axes that cannot be right
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { heNormal } from 'tensorseed/tfjs';
 *
 * const layer = tf.layers.dense({ units: 4, inputShape: [3], kernelInitializer: heNormal({ seed: 42 }) });
 * tf.sequential({ layers: [layer] });
 * console.log(layer.getWeights()[0].shape.join()); // 3,4
 * ```
 */
export const heNormal = factoryOf(HeNormal);

/**
 * Uniform values in [-limit, limit), where limit = sqrt(6 / fan in).
 *
 * @example
 * ```ts
 * import { HeUniform } from 'tensorseed/tfjs';
 *
 * const initializer = new HeUniform({ seed: 42 });
 * console.log(JSON.stringify(initializer.getConfig())); // {"seed":42,"inputAxes":null,"outputAxes":null}
 * ```
 */
export const HeUniform = define(keras.HeUniform);

/**
 * Uniform values in [-limit, limit), where limit = sqrt(6 / fan in). It is the same as `new
 * HeUniform(options)`.
 * @param options `seed`, and the axes of the fans, `inputAxes` and `outputAxes`
 * @throws ArgumentError for a seed or axes that cannot be right
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { heUniform } from 'tensorseed/tfjs';
 *
 * const kernelInitializer = heUniform({ seed: 42 });
 * const layer = tf.layers.dense({ units: 4, inputShape: [3], kernelInitializer });
 * tf.sequential({ layers: [layer] });
 * console.log(layer.getWeights()[0].shape.join()); // 3,4
 * ```
 */
export const heUniform = factoryOf(HeUniform);

/**
 * `gain` on the main diagonal of a matrix [rows, columns], and 0 elsewhere.
 *
 * @example
 * ```ts
 * import { Identity } from 'tensorseed/tfjs';
 *
 * console.log(JSON.stringify(new Identity({ gain: 2 }).getConfig())); // {"gain":2}
 * ```
 */
export const Identity = define(keras.Identity);

/**
 * `gain` on the main diagonal of a matrix [rows, columns], and 0 elsewhere. It is the same as `new
 * Identity(options)`.
 * @param options `gain`, a finite number; default 1
 * @throws ArgumentError where `gain` is anything else
 *
 * @example
 * ```ts
 * import { identity } from 'tensorseed/tfjs';
 *
 * const values = await identity({ gain: 2 }).apply([2, 3]).data();
 * console.log(values.join()); // 2,0,0,0,2,0
 * ```
 */
export const identity = factoryOf(Identity);

/**
 * Normal values of mean 0 and variance 1 / fan in, cut at two standard deviations.
 *
 * @example
 * ```ts
 * import { LecunNormal } from 'tensorseed/tfjs';
 *
 * const initializer = new LecunNormal({ seed: 42 });
 * console.log(JSON.stringify(initializer.getConfig())); // {"seed":42,"inputAxes":null,"outputAxes":null}
 * ```
 */
export const LecunNormal = define(keras.LecunNormal);

/**
 * Normal values of mean 0 and variance 1 / fan in, cut at two standard deviations. It is the same as `new
 * LecunNormal(options)`.
 * @param options `seed`, and the axes of the fans, `inputAxes` and `outputAxes`
 * @throws ArgumentError for a seed or axes that cannot be right
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { lecunNormal } from 'tensorseed/tfjs';
 *
 * const kernelInitializer = lecunNormal({ seed: 42 });
 * const layer = tf.layers.dense({ units: 4, inputShape: [3], kernelInitializer });
 * tf.sequential({ layers: [layer] });
 * console.log(layer.getWeights()[0].shape.join()); // 3,4
 * ```
 */
export const lecunNormal = factoryOf(LecunNormal);

/**
 * Uniform values in [-limit, limit), where limit = sqrt(3 / fan in).
 *
 * @example
 * ```ts
 * import { LecunUniform } from 'tensorseed/tfjs';
 *
 * const initializer = new LecunUniform({ seed: 42 });
 * console.log(JSON.stringify(initializer.getConfig())); // {"seed":42,"inputAxes":null,"outputAxes":null}
 * ```
 */
export const LecunUniform = define(keras.LecunUniform);

/**
 * Uniform values in [-limit, limit), where limit = sqrt(3 / fan in). It is the same as `new
 * LecunUniform(options)`.
 * @param options `seed`, and the axes of the fans, `inputAxes` and `outputAxes`
 * @throws ArgumentError for a seed or axes that cannot be right
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { lecunUniform } from 'tensorseed/tfjs';
 *
 * const kernelInitializer = lecunUniform({ seed: 42 });
 * const layer = tf.layers.dense({ units: 4, inputShape: [3], kernelInitializer });
 * tf.sequential({ layers: [layer] });
 * console.log(layer.getWeights()[0].shape.join()); // 3,4
 * ```
 */
export const lecunUniform = factoryOf(LecunUniform);

/**
 * 1 everywhere, for every shape.
 *
 * @example
 * ```ts
 * import { Ones } from 'tensorseed/tfjs';
 *
 * console.log(JSON.stringify(new Ones().getConfig())); // {}
 * ```
 */
export const Ones = define(keras.Ones);

/**
 * 1 everywhere, for every shape. It is the same as `new Ones()`.
 * @throws ArgumentError for any option
 *
 * @example
 * ```ts
 * import { ones } from 'tensorseed/tfjs';
 *
 * const values = await ones().apply([3], 'int32').data();
 * console.log(values.join()); // 1,1,1
 * ```
 */
export const ones = factoryOf(Ones);

/**
 * A random matrix with orthonormal columns, or rows if it has fewer of them, times a gain. A shape of a
 * higher rank is flattened to a matrix.
 *
 * @example
 * ```ts
 * import { Orthogonal } from 'tensorseed/tfjs';
 *
 * const initializer = new Orthogonal({ seed: 42 });
 * console.log(JSON.stringify(initializer.getConfig())); // {"seed":42,"gain":1}
 * ```
 */
export const Orthogonal = define(keras.Orthogonal);

/**
 * A random matrix with orthonormal columns, or rows if it has fewer of them, times a gain. A shape of a
 * higher rank is flattened to a matrix. It is the same as `new Orthogonal(options)`.
 * @param options `seed`, `gain` (a finite number, default 1) and `layout` (default 'keras')
 * @throws ArgumentError where an option cannot be right
 *
 * @example
 * ```ts
 * import { fill, orthogonal } from 'tensorseed/tfjs';
 *
 * // In a layer it needs the webgpu backend; `fill` gives it on every backend.
 * const matrix = await fill(orthogonal({ seed: 42 }), [8, 3]);
 * const [[squaredLength]] = (await matrix.matMul(matrix, true).array()) as number[][];
 * console.log(squaredLength.toFixed(4)); // 1.0000
 * ```
 */
export const orthogonal = factoryOf(Orthogonal);

/**
 * Normal values, for every shape.
 *
 * @example
 * ```ts
 * import { RandomNormal } from 'tensorseed/tfjs';
 *
 * const initializer = new RandomNormal({ seed: 42 });
 * console.log(JSON.stringify(initializer.getConfig())); // {"seed":42,"mean":0,"stddev":0.05}
 * ```
 */
export const RandomNormal = define(keras.RandomNormal);

/**
 * Normal values, for every shape. It is the same as `new RandomNormal(options)`.
 * @param options `seed`, `mean` (default 0) and `stddev` (>= 0, default 0.05)
 * @throws ArgumentError where an option cannot be right
 *
 * @example
 * ```ts
 * import { randomNormal } from 'tensorseed/tfjs';
 *
 * const values = await randomNormal({ stddev: 0.05, seed: 42 }).apply([1000]).data();
 * console.log(values.some((value) => value > 0.1)); // true
 * ```
 */
export const randomNormal = factoryOf(RandomNormal);

/**
 * Uniform values in [minval, maxval), for every shape.
 *
 * @example
 * ```ts
 * import { RandomUniform } from 'tensorseed/tfjs';
 *
 * const initializer = new RandomUniform({ seed: 42 });
 * console.log(JSON.stringify(initializer.getConfig())); // {"seed":42,"minval":-0.05,"maxval":0.05}
 * ```
 */
export const RandomUniform = define(keras.RandomUniform);

/**
 * Uniform values in [minval, maxval), for every shape. It is the same as `new RandomUniform(options)`.
 * @param options `seed`, `minval` (default -0.05) and `maxval` (default 0.05)
 * @throws ArgumentError where an option cannot be right
 *
 * @example
 * ```ts
 * import { randomUniform } from 'tensorseed/tfjs';
 *
 * const values = await randomUniform({ minval: 0, maxval: 1, seed: 42 }).apply([1000]).data();
 * console.log(values.every((value) => value >= 0 && value < 1)); // true
 * ```
 */
export const randomUniform = factoryOf(RandomUniform);

/**
 * Normal values that are drawn again until they are between the bounds, for every shape.
 *
 * @example
 * ```ts
 * import { TruncatedNormal } from 'tensorseed/tfjs';
 *
 * const initializer = new TruncatedNormal({ seed: 42 });
 * console.log(JSON.stringify(initializer.getConfig())); // {"seed":42,"mean":0,"stddev":0.05}
 * ```
 */
export const TruncatedNormal = define(keras.TruncatedNormal);

/**
 * Normal values that are drawn again until they are between the bounds, for every shape. It is the same as
 * `new TruncatedNormal(options)`.
 * @param options `seed`, `mean` (default 0), `stddev` (>= 0, default 0.05), and the bounds `lower` (default
 *   -2) and `upper` (default 2) in standard deviations from the mean
 * @throws ArgumentError where an option cannot be right
 *
 * @example
 * ```ts
 * import { truncatedNormal } from 'tensorseed/tfjs';
 *
 * const values = await truncatedNormal({ stddev: 0.05, seed: 42 }).apply([1000]).data();
 * console.log(values.every((value) => Math.abs(value) <= 0.1)); // true
 * ```
 */
export const truncatedNormal = factoryOf(TruncatedNormal);

/**
 * Values of mean 0 and variance `scale` / fan.
 *
 * @example
 * ```ts
 * import { VarianceScaling } from 'tensorseed/tfjs';
 *
 * const initializer = new VarianceScaling({ seed: 42, mode: 'fanAvg' });
 * console.log(initializer.getConfig().mode); // fanAvg
 * ```
 */
export const VarianceScaling = define<keras.VarianceScalingOptions, VarianceScalingOptions>(
  keras.VarianceScaling,
);

/**
 * Values of mean 0 and variance `scale` / fan. It is the same as `new VarianceScaling(options)`.
 * @param options `seed`; `scale` (> 0, default 1); `mode` (default 'fanIn'); `distribution` (default
 *   'truncatedNormal'); `inputAxes` and `outputAxes`, the axes of the fans
 * @throws ArgumentError where an option cannot be right
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { varianceScaling } from 'tensorseed/tfjs';
 *
 * const kernelInitializer = varianceScaling({ mode: 'fanAvg', seed: 42 });
 * const layer = tf.layers.dense({ units: 4, inputShape: [3], kernelInitializer });
 * tf.sequential({ layers: [layer] });
 * console.log(layer.getWeights()[0].shape.join()); // 3,4
 * ```
 */
export const varianceScaling = factoryOf(VarianceScaling);

/**
 * 0 everywhere, for every shape.
 *
 * @example
 * ```ts
 * import { Zeros } from 'tensorseed/tfjs';
 *
 * console.log(JSON.stringify(new Zeros().getConfig())); // {}
 * ```
 */
export const Zeros = define(keras.Zeros);

/**
 * 0 everywhere, for every shape. It is the same as `new Zeros()`.
 * @throws ArgumentError for any option
 *
 * @example
 * ```ts
 * import { zeros } from 'tensorseed/tfjs';
 *
 * const values = await zeros().apply([2, 2]).data();
 * console.log(values.join()); // 0,0,0,0
 * ```
 */
export const zeros = factoryOf(Zeros);
