import { dataFormat, each, flag, optional, padding, size } from '../config_fields';
import { shapeKind } from '../kind';
import { type Dims, join, ofRank, split, windowLength } from '../shape';

const pooling = (family: 'Max' | 'Average', rank: number) => {
  const fields = {
    // Keras's average pooling has no default window, but older files may lack the key.
    pool_size: each(rank, size(), 2),
    strides: optional(each(rank, size())),
    padding,
    data_format: dataFormat,
  };
  const short = family === 'Average' ? 'Avg' : family;
  return shapeKind(
    `${family}Pooling${rank}D`,
    fields,
    (shape, { pool_size, strides, padding, data_format }) => {
      const { space, channels } = split(ofRank(shape, rank + 2), data_format);
      const lengths = space.map((length, i) =>
        windowLength(length, pool_size[i], (strides ?? pool_size)[i], padding),
      );
      return join(shape[0], lengths, shape.at(channels)!, data_format);
    },
    { aliases: [`${short}Pool${rank}D`] },
  );
};

const globalPooling = (family: 'Max' | 'Average', rank: number) => {
  const short = family === 'Average' ? 'Avg' : family;
  return shapeKind(
    `Global${family}Pooling${rank}D`,
    { data_format: dataFormat, keepdims: flag(false) },
    (shape, { data_format, keepdims }): Dims => {
      const { space, channels } = split(ofRank(shape, rank + 2), data_format);
      const size = shape.at(channels)!;
      if (!keepdims) return [shape[0], size];
      const ones = space.map(() => 1);
      return join(shape[0], ones, size, data_format);
    },
    { aliases: [`Global${short}Pool${rank}D`], ignored: ['pool_size', 'strides', 'padding'] },
  );
};

const adaptivePooling = (family: 'Max' | 'Average', rank: number) =>
  shapeKind(
    `Adaptive${family}Pooling${rank}D`,
    { output_size: each(rank, size()), data_format: dataFormat },
    (shape, { output_size, data_format }) => {
      const { channels } = split(ofRank(shape, rank + 2), data_format);
      return join(shape[0], output_size, shape.at(channels)!, data_format);
    },
  );

export const poolings = {
  /** The largest value in each window along one axis of `[batch, length, channels]`. No weights. */
  maxPooling1d: pooling('Max', 1),
  /** The largest value in each window along two axes of `[batch, rows, columns, channels]`. No weights. */
  maxPooling2d: pooling('Max', 2),
  /**
   * The largest value in each window along three axes of `[batch, depth, rows, columns, channels]`. No
   * weights.
   */
  maxPooling3d: pooling('Max', 3),
  /** The mean of each window along one axis of `[batch, length, channels]`. No weights. */
  averagePooling1d: pooling('Average', 1),
  /** The mean of each window along two axes of `[batch, rows, columns, channels]`. No weights. */
  averagePooling2d: pooling('Average', 2),
  /** The mean of each window along three axes of `[batch, depth, rows, columns, channels]`. No weights. */
  averagePooling3d: pooling('Average', 3),
  /** The largest value of each channel: `[batch, length, channels]` to `[batch, channels]`. No weights. */
  globalMaxPooling1d: globalPooling('Max', 1),
  /**
   * The largest value of each channel: `[batch, rows, columns, channels]` to `[batch, channels]`. No weights.
   */
  globalMaxPooling2d: globalPooling('Max', 2),
  /**
   * The largest value of each channel: `[batch, depth, rows, columns, channels]` to `[batch, channels]`. No
   * weights.
   */
  globalMaxPooling3d: globalPooling('Max', 3),
  /** The mean of each channel: `[batch, length, channels]` to `[batch, channels]`. No weights. */
  globalAveragePooling1d: globalPooling('Average', 1),
  /** The mean of each channel: `[batch, rows, columns, channels]` to `[batch, channels]`. No weights. */
  globalAveragePooling2d: globalPooling('Average', 2),
  /**
   * The mean of each channel: `[batch, depth, rows, columns, channels]` to `[batch, channels]`. No weights.
   */
  globalAveragePooling3d: globalPooling('Average', 3),
  /**
   * The largest values in windows of such lengths that `[batch, length, channels]` becomes
   * `[batch, ...outputSize, channels]`. No weights.
   */
  adaptiveMaxPooling1d: adaptivePooling('Max', 1),
  /**
   * The largest values in windows of such lengths that `[batch, rows, columns, channels]` becomes
   * `[batch, ...outputSize, channels]`. No weights.
   */
  adaptiveMaxPooling2d: adaptivePooling('Max', 2),
  /**
   * The largest values in windows of such lengths that `[batch, depth, rows, columns, channels]` becomes
   * `[batch, ...outputSize, channels]`. No weights.
   */
  adaptiveMaxPooling3d: adaptivePooling('Max', 3),
  /**
   * The means of windows of such lengths that `[batch, length, channels]` becomes
   * `[batch, ...outputSize, channels]`. No weights.
   */
  adaptiveAveragePooling1d: adaptivePooling('Average', 1),
  /**
   * The means of windows of such lengths that `[batch, rows, columns, channels]` becomes
   * `[batch, ...outputSize, channels]`. No weights.
   */
  adaptiveAveragePooling2d: adaptivePooling('Average', 2),
  /**
   * The means of windows of such lengths that `[batch, depth, rows, columns, channels]` becomes
   * `[batch, ...outputSize, channels]`. No weights.
   */
  adaptiveAveragePooling3d: adaptivePooling('Average', 3),
};
