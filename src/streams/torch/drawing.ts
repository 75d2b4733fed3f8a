import { type ForeignKernel, type ForeignParameters } from '../../distributions/foreign';
import type { Parameters } from '../../distributions/parameters';
import { copyKernel } from '../copy';
import { Mt19937, type Mt19937State } from '../mt19937';
import { type GeneratorState, TorchGenerator, type TorchKey } from './generator';

/** How a tensor is drawn from a generator. */
export interface Drawing {
  /** The elements [start, start + count) of the tensor, as float32 bits or words. */
  values(state: GeneratorState, start: number, count: number): Uint32Array<ArrayBuffer>;
  /** The state after the whole tensor. */
  after(state: GeneratorState): GeneratorState;
}

const kernel: ForeignKernel<Drawing> = copyKernel((drawing, key, start, count) =>
  drawing.values((key as TorchKey).state, start, count),
);

/** The parameters of a drawing. */
export function drawingParameters(drawing: Drawing): ForeignParameters<Drawing> {
  return { kernel: 'foreign', source: kernel, values: drawing, affine: undefined };
}

/** Moves a generator past a tensor. Any other seed stays. */
export function advance(seed: unknown, params: Parameters): void {
  const drawn = params.kernel === 'orthogonal' ? params.normals : params;
  if (seed instanceof TorchGenerator && drawn.kernel === 'foreign')
    seed.moveTo((drawn.values as Drawing).after(seed.state));
}

/** A place in the words that follow a state. */
interface Place {
  readonly position: number;
  readonly state: Mt19937State;
}

/** The places where the last words of a state began and ended, from which the next ones are near. */
const places = new WeakMap<Mt19937State, readonly Place[]>();

function nearest(state: Mt19937State, position: number): Mt19937 {
  const known = places.get(state) ?? [];
  const from = known.findLast((place) => place.position <= position) ?? { position: 0, state };
  const mt = new Mt19937(from.state);
  mt.skip(position - from.position);
  return mt;
}

/** The words [skip, skip + count) that follow a state. */
export function wordsAfter(state: Mt19937State, skip: number, count: number): Uint32Array<ArrayBuffer> {
  const mt = nearest(state, skip);
  const begin = { position: skip, state: mt.state };
  const words = mt.take(count);
  places.set(state, [begin, { position: skip + count, state: mt.state }]);
  return words;
}

/** The state after `count` words. */
export function skipped({ mt, nextNormal }: GeneratorState, count: number): GeneratorState {
  return count === 0 ? { mt, nextNormal } : { mt: nearest(mt, count).state, nextNormal };
}

/**
 * A drawing whose elements depend on one another, so that all are made at once. Those of a state are kept as long as
 * the state is.
 * @param draw the elements of the tensor, and the state after it
 */
export function wholeDrawing(
  draw: (state: GeneratorState) => { values: Uint32Array<ArrayBuffer>; after: GeneratorState },
): Drawing {
  const drawn = new WeakMap<GeneratorState, ReturnType<typeof draw>>();
  const of = (state: GeneratorState): ReturnType<typeof draw> => {
    const made = drawn.get(state) ?? draw(state);
    drawn.set(state, made);
    return made;
  };
  return {
    values: (state, start, count) => of(state).values.slice(start, start + count),
    after: (state) => of(state).after,
  };
}
