import { type ForeignKernel, foreignMembers, type ForeignParameters } from '../../distributions/foreign';
import type { Parameters } from '../../distributions/parameters';
import { copyKernel } from '../copy';
import { Mt19937, type Mt19937State } from '../mt19937';
import { type GeneratorState, MovingGenerator, TorchGenerator, type TorchKey } from './generator';

/** How a tensor is drawn from a generator. */
export interface Drawing {
  /** The elements [start, start + count) of the tensor, as float32 bits or words. */
  values(state: GeneratorState, start: number, count: number): Uint32Array<ArrayBuffer>;
  /** Moves a generator past the whole tensor. */
  skip(generator: MovingGenerator): void;
}

const kernel: ForeignKernel<Drawing> = copyKernel((drawing, key, start, count) =>
  drawing.values((key as TorchKey).state, start, count),
);

/** The parameters of a drawing. */
export function drawingParameters(drawing: Drawing): ForeignParameters<Drawing> {
  return { kernel: 'foreign', source: kernel, values: drawing, affine: undefined };
}

/** The members of the kernel, for the tables of distributions. */
export const drawingKernels = { foreign: foreignMembers };

/** Moves a generator past a tensor. Any other seed stays. */
export function advance(seed: unknown, params: Parameters): void {
  const drawn = params.kernel === 'orthogonal' ? params.normals : params;
  if (!(seed instanceof TorchGenerator) || drawn.kernel !== 'foreign') return;
  const generator = new MovingGenerator(seed.state);
  (drawn.values as Drawing).skip(generator);
  seed.moveTo(generator.state);
}

/** A place in the words that follow a state. */
interface Place {
  readonly position: number;
  readonly state: Mt19937State;
}

/** The places where the last words of a state began and ended, from which the next ones are near. */
const places = new WeakMap<Mt19937State, readonly Place[]>();

/** The words [skip, skip + count) that follow a state. */
export function wordsAfter(state: Mt19937State, skip: number, count: number): Uint32Array<ArrayBuffer> {
  const known = places.get(state) ?? [];
  const from = known.findLast(({ position }) => position <= skip) ?? { position: 0, state };
  const mt = new Mt19937(from.state);
  mt.skip(skip - from.position);
  const begin = { position: skip, state: mt.state };
  const words = mt.take(count);
  places.set(state, [begin, { position: skip + count, state: mt.state }]);
  return words;
}
