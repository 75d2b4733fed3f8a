import { bytesPerElement, viewAs } from '../../src/core/dtype';
import { type Dtype, type Initializer, Key, Sampler } from '../../src/index';
import { permutation, poisson, rademacher, randint } from '../../src/initializers/distributions';
import { type DiscreteLaw, lawOf } from '../../src/statistics/laws';
import { uniformLaw } from '../../src/statistics/laws/uniform';
import { MomentsCheck } from './checks/moments';
import { Serial } from './checks/serial';
import { CountedSample } from './counted_sample';
import { examineStream } from './examine';
import { type RoundedLaw, roundedLaw } from './rounded_law';
import { type Conditions, matrixOf, type Subject } from './subject';

const CHUNK_BYTES = 2 ** 20;

/** A span of which 30 % of the words are drawn again. */
const WIDE = 3_000_000_000;

/** Nearly 2^32 elements, so that 10^8 of them are nearly as good as independent. */
const LARGE = 4_294_967_291;

/** The checks that are about squares. */
const OF_SQUARES = /variance|fourth|squares/;

/** Changes elements, whose indices it gets. */
type Defect = (value: number, index: number) => number;

/** Draws of integers: the library's own. */
export const DISCRETE: readonly Subject[] = [
  counted('rademacher', '1 and -1', rademacher(), 'int8'),
  counted('randint', 'integers in [0, 1000)', randint({ high: 1000 }), 'int32'),
  counted('randint-int8', 'integers in [-100, 100) as int8', randint({ low: -100, high: 100 }), 'int8'),
  scaled('randint-wide', 'integers in [0, 3 * 10^9)', randint({ high: WIDE }), WIDE),
  counted('poisson', 'counts of rate 3', poisson({ rate: 3 }), 'int32'),
  counted('poisson-1000', 'counts of rate 1000', poisson({ rate: 1000 }), 'int32'),
  scaled('permutation', 'elements of a permutation of 4,294,967,291', permutation({ size: LARGE }), LARGE),
];

/** The same with one deliberate defect each. */
export const BROKEN_DISCRETE: readonly Subject[] = [
  counted('broken/signs', 'every 50th sign is 1', rademacher(), 'int8', (sign, i) =>
    i % 50 === 0 ? 1 : sign,
  ),
  scaled(
    'broken/modulo',
    'the remainder of a word in place of drawing again',
    randint({ high: 2 ** 32 }),
    WIDE,
    (word) => word % WIDE,
  ),
  counted('broken/clamped-counts', 'no count above 8', poisson({ rate: 3 }), 'int32', (k) => Math.min(k, 8)),
  scaled(
    'broken/rotation',
    'multiples of an odd number in place of a permutation',
    permutation({ size: LARGE }),
    LARGE,
    (_, i) => (i * 1_000_003) % LARGE,
  ),
];

/** A subject with few values, which are counted one by one. */
function counted(
  name: string,
  about: string,
  initializer: Initializer,
  dtype: Dtype,
  defect?: Defect,
): Subject {
  return subject(name, about, async (conditions, onProgress) => {
    const shape = matrixOf(conditions.count);
    const law = lawOf(initializer.resolve(shape)) as DiscreteLaw;
    const rounded = { ...law, moments: momentsOf(law) } as unknown as RoundedLaw; // The checks below read no more.
    const sample = new CountedSample(law);
    const moments = new MomentsCheck(rounded);
    const serial = new Serial(rounded, shape[1]);
    for await (const values of generate(name, initializer, dtype, conditions, defect)) {
      sample.add(values);
      const standardized = values.map((value) => (value - law.mean) / law.stddev);
      moments.add(standardized);
      serial.add(standardized);
      onProgress(values.length);
    }
    const results = [...sample.results(), ...moments.results(), ...serial.results()];
    // Of values that lie as far from their mean, squares do not vary.
    const squaresVary = rounded.moments[4] > 1 + 1e-9;
    return { results: results.filter(({ name }) => squaresVary || !OF_SQUARES.test(name)) };
  });
}

/** A subject of uint32 with so many values that their steps are not seen. */
function scaled(
  name: string,
  about: string,
  initializer: Initializer,
  span: number,
  defect?: Defect,
): Subject {
  return subject(name, about, (conditions, onProgress) => {
    async function* fractions(): AsyncGenerator<Float64Array> {
      for await (const values of generate(name, initializer, 'uint32', conditions, defect))
        yield values.map((value) => value / span);
    }
    return examineStream(
      roundedLaw(uniformLaw(0, 1), 'real'),
      matrixOf(conditions.count),
      fractions(),
      onProgress,
    );
  });
}

function subject(name: string, about: string, examine: Subject['examine']): Subject {
  return { name, about, broken: name.startsWith('broken/'), tensors: 1, examine };
}

/** E[((X - mean) / stddev)^k] for k = 0 to 8. */
function momentsOf({ values, mean, stddev }: DiscreteLaw): number[] {
  return Array.from({ length: 9 }, (_, k) =>
    values.reduce((sum, { value, probability }) => sum + probability * ((value - mean) / stddev) ** k, 0),
  );
}

async function* generate(
  name: string,
  initializer: Initializer,
  dtype: Dtype,
  { backend, count, seed }: Conditions,
  defect?: Defect,
): AsyncGenerator<Float64Array> {
  const sampler = await Sampler.create({ backend });
  const key = Key.from(BigInt(seed)).fold(`certify/${name}`);
  let index = 0;
  try {
    const options = { seed: key, dtype, chunkBytes: CHUNK_BYTES };
    for await (const bytes of sampler.chunks(initializer, matrixOf(count), options)) {
      const { buffer, byteOffset, length } = bytes as Uint8Array<ArrayBuffer>;
      const values = Float64Array.from(viewAs(dtype, buffer, byteOffset, length / bytesPerElement(dtype)));
      yield defect === undefined ? values : values.map((value, i) => defect(value, index + i));
      index += values.length;
    }
  } finally {
    sampler.destroy();
  }
}
