import { mulHi } from '../../arithmetic/mul';
import { integerIn } from '../../core/check';
import type { StreamDistribution } from '../../distributions/distribution';
import type { ForeignDraw, ForeignParameters } from '../../distributions/foreign';
import { type Drawing, drawingParameters } from './drawing';
import { wordsFrom } from './draws';
import type { NumpyKey } from './key';

/** The words that are looked at at once. */
const BUFFERED = 4096;

/** Elements, and the words that were drawn before them. */
interface Place {
  readonly element: number;
  readonly position: number;
}

/**
 * `Generator.integers(low, high)`: the upper word of word * (high - low), where the lower word is not among those
 * that would make some integers likelier than others.
 * @see Lemire, Fast random integer generation in an interval, 2019, https://doi.org/10.1145/3230636
 */
export const integers: StreamDistribution<ForeignDraw, ForeignParameters<Drawing>> = {
  dtypes: ['int32'],
  parameters({ numbers: [low, high] }) {
    integerIn('low', low, -(2 ** 31), 2 ** 31 - 1);
    integerIn('high', high, -(2 ** 31) + 1, 2 ** 31);
    integerIn(`high - low, where low = ${low},`, high - low, 1, 2 ** 32);
    const range = high - low;
    if (range === 1) return drawingParameters((_key, _start, count) => new Uint32Array(count).fill(low));
    return drawingParameters(range === 2 ** 32 ? wholeRange(low) : lemire(low, range));
  },
};

function wholeRange(low: number): Drawing {
  return ({ start: state }, start, count) => wordsFrom(state, start, count).map((word) => low + word);
}

function lemire(low: number, range: number): Drawing {
  const rejected = 2 ** 32 % range; // lower words below this
  const places = new WeakMap<NumpyKey, readonly Place[]>();
  return (key, start, count) => {
    const known = places.get(key) ?? [];
    let { element, position } = known.findLast((place) => place.element <= start) ?? {
      element: 0,
      position: 0,
    };
    const out = new Uint32Array(count);
    let begin = { element: start, position };
    while (element < start + count) {
      const words = wordsFrom(key.start, position, BUFFERED);
      for (let i = 0; i < BUFFERED && element < start + count; i++, position++) {
        if (element === start) begin = { element, position };
        const word = words[i];
        if (Math.imul(word, range) >>> 0 < rejected) continue;
        if (element >= start) out[element - start] = low + mulHi(word, range);
        element++;
      }
    }
    places.set(key, [begin, { element, position }]);
    return out;
  };
}
