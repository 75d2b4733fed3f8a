import { ArgumentError, show } from '../../../core/errors';
import type { Call } from '../call';
import { flag, integer, oneOrList } from '../config_fields';
import { kind } from '../kind';
import { axisOf, broadcast, type Dims } from '../shape';

/**
 * The shape of an operation element by element. The batch axes are apart: [batch, 8] goes with [batch, 5,
 * 8].
 */
function merged({ shapes }: Call): Dims {
  if (shapes.length < 2) throw new ArgumentError(`it merges at least two inputs, got ${shapes.length}`);
  const batches = new Set(shapes.map(([batch]) => batch).filter((batch) => batch !== null));
  return [batches.size === 1 ? [...batches][0] : null, ...broadcast(shapes.map((shape) => shape.slice(1)))];
}

const merge = (className: string) => kind({ className, fields: {}, output: (_, call) => merged(call) });

/** The shape of tensors joined along an axis. */
export function concatenated(shapes: readonly Dims[], axis: number): Dims {
  if (shapes.length === 0) throw new ArgumentError('it joins at least one input, got none');
  const [first] = shapes;
  const along = axisOf(first, axis);
  for (const shape of shapes) {
    const same =
      shape.length === first.length &&
      shape.every((size, i) => i === along || size === null || first[i] === null || size === first[i]);
    if (!same)
      throw new ArgumentError(`its inputs' shapes ${show(shapes)} differ elsewhere than along axis ${axis}`);
  }
  const sizes = shapes.map((shape) => shape[along]);
  const total = sizes.includes(null) ? null : sizes.reduce<number>((all, size) => all + size!, 0);
  return first.map((size, i) =>
    i === along ? total : (size ?? shapes.find((shape) => shape[i] !== null)?.[i] ?? null),
  );
}

export const mergings = {
  /** Adds tensors element by element. No weights. */
  add: merge('Add'),
  /** Subtracts the second of two tensors from the first. No weights. */
  subtract: merge('Subtract'),
  /** Multiplies tensors element by element. No weights. */
  multiply: merge('Multiply'),
  /** The mean of tensors, element by element. No weights. */
  average: merge('Average'),
  /** The largest value among tensors, element by element. No weights. */
  maximum: merge('Maximum'),
  /** The smallest value among tensors, element by element. No weights. */
  minimum: merge('Minimum'),
  /** Joins tensors along `axis`. No weights. */
  concatenate: kind({
    className: 'Concatenate',
    fields: { axis: integer(-1) },
    output: ({ axis }, call) => concatenated(call.shapes, axis),
  }),
  /** Dot products of two tensors along `axes`. No weights. */
  dot: kind({
    className: 'Dot',
    fields: { axes: oneOrList(integer()), normalize: flag(false) },
    output({ axes }, { shapes }) {
      if (shapes.length !== 2) throw new ArgumentError(`it takes two inputs, got ${shapes.length}`);
      const both = typeof axes === 'number' ? [axes, axes] : axes;
      if (both.length !== 2)
        throw new ArgumentError(`axes must be an integer or two of them, got ${show(axes)}`);
      const [first, second] = shapes.map((shape, i) => shape.toSpliced(axisOf(shape, both[i]), 1));
      const output = [...first, ...second.slice(1)];
      return output.length === 1 ? [...output, 1] : output;
    },
  }),
};
