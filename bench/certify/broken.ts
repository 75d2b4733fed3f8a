import { mulHi } from '../../src/arithmetic/mul';
import { Key } from '../../src/index';
import type { ContinuousLaw } from '../../src/statistics/laws';
import { normalLaw } from '../../src/statistics/laws/normal';
import { truncatedNormalLaw } from '../../src/statistics/laws/truncated_normal';
import { uniformLaw } from '../../src/statistics/laws/uniform';
import { examinePair, examineStream } from './examine';
import { roundedLaw } from './rounded_law';
import { type Conditions, matrixOf, type SampleChunks, type Subject } from './subject';

/** Makes the words of a block. */
type BlockOfWords = (block: number, attempt: number, out: Uint32Array) => void;
/** Makes two normals from two words, into `out[at]` and `out[at + 1]`. */
type NormalPair = (w0: number, w1: number, out: Float64Array, at: number) => void;
/** Makes the four elements of a block, into `out[at..]`. */
type BlockOfElements = (block: number, out: Float64Array, at: number) => void;

/** Blocks in a chunk. */
const CHUNK = 2 ** 14;

/**
 * Generators with one deliberate defect each, in plain double precision, to show that the checks
 * can fail; and one without any, to show that the defect is what fails.
 */
export const BROKEN: readonly Subject[] = [
  values('control', 'the generator that the broken ones start from, with no defect', false, standard, (key) =>
    normals(philox(10, key), boxMuller),
  ),
  words('two-rounds', 'Philox with 2 rounds in place of 10', (key) => philox(2, key)),
  words('repeated-counter', 'every counter used for two blocks', (key) => {
    const sound = philox(10, key);
    return (block, attempt, out) => sound(Math.floor(block / 2), attempt, out);
  }),
  values('sine-twice', 'both normals of a pair take the sine', true, standard, (key) =>
    normals(philox(10, key), (w0, w1, out, at) => {
      boxMuller(w0, w1, out, at);
      out[at] = out[at + 1];
    }),
  ),
  values('radius-twice', 'both pairs of a block take the same radius', true, standard, (key) => {
    const sound = philox(10, key);
    return normals((index, attempt, out) => {
      sound(index, attempt, out);
      out[2] = out[0];
    }, boxMuller);
  }),
  {
    ...values(
      'coarse-radius',
      'a radius from 16 bits, so that no normal is beyond 4.86',
      true,
      standard,
      (key) => normals(philox(10, key), (w0, w1, out, at) => boxMuller((w0 | 0xffff) >>> 0, w1, out, at)),
    ),
    needs: 5e7,
  },
  values(
    'mean-shift',
    'a mean off by 1e-3 stddev, or by 10 standard errors where that is more',
    true,
    standard,
    (key, { count }) => {
      const shift = Math.max(1e-3, 10 / Math.sqrt(count));
      return mapped(normals(philox(10, key), boxMuller), (z) => z + shift);
    },
  ),
  values('clamped', 'cut at +-2 by clamping in place of drawing again', true, cutAtTwo, (key) =>
    mapped(normals(philox(10, key), boxMuller), (z) => Math.min(Math.max(z, -2), 2)),
  ),
  values('narrow-window', 'cut at +-1.99 in place of +-2', true, cutAtTwo, (key) =>
    cut(philox(10, key), 1.99),
  ),
  values(
    'uncorrected',
    "a cut normal for stddev 1 without dividing by the cut one's 0.8796",
    true,
    () => truncatedNormalLaw(0, 1 / cutAtTwo().stddev, -2, 2),
    (key) => cut(philox(10, key), 2),
  ),
  {
    ...values(
      'chopped',
      'bfloat16 by cutting off bits in place of rounding',
      true,
      standard,
      (key) => mapped(normals(philox(10, key), boxMuller), chopped),
      'bfloat16',
    ),
    needs: 1e6,
  },
  {
    name: 'broken/seed-as-offset',
    about: "the next seed's tensor is this seed's, one block on",
    broken: true,
    tensors: 2,
    examine(conditions, onProgress) {
      const sound = normals(philox(10, keyOf(conditions)), boxMuller);
      const shifted: BlockOfElements = (block, out, at) => sound(block + 1, out, at);
      const [rows, columns] = matrixOf(conditions.count);
      return examinePair(
        roundedLaw(standard(), 'real'),
        valueChunks(sound, rows * columns),
        valueChunks(shifted, rows * columns),
        onProgress,
      );
    },
  },
];

function standard(): ContinuousLaw {
  return normalLaw(0, 1);
}

function cutAtTwo(): ContinuousLaw {
  return truncatedNormalLaw(0, 1, -2, 2);
}

function words(name: string, about: string, make: (key: Key) => BlockOfWords): Subject {
  return {
    name: `broken/${name}`,
    about,
    broken: true,
    tensors: 1,
    examine(conditions, onProgress) {
      const shape = matrixOf(conditions.count);
      const chunks = wordChunks(make(keyOf(conditions)), shape[0] * shape[1]);
      return examineStream(roundedLaw(uniformLaw(0, 1), 'real'), shape, chunks, onProgress);
    },
  };
}

function values(
  name: string,
  about: string,
  broken: boolean,
  law: () => ContinuousLaw,
  make: (key: Key, conditions: Conditions) => BlockOfElements,
  dtype: 'real' | 'bfloat16' = 'real',
): Subject {
  return {
    name: broken ? `broken/${name}` : name,
    about,
    broken,
    tensors: 1,
    examine(conditions, onProgress) {
      const shape = matrixOf(conditions.count);
      const chunks = valueChunks(make(keyOf(conditions), conditions), shape[0] * shape[1]);
      return examineStream(roundedLaw(law(), dtype), shape, chunks, onProgress);
    },
  };
}

function keyOf({ seed }: Conditions): Key {
  return Key.from(BigInt(seed)).fold('certify/broken');
}

function* wordChunks(source: BlockOfWords, count: number): SampleChunks & Iterable<Uint32Array> {
  const block = new Uint32Array(4);
  for (let first = 0; first < count / 4; first += CHUNK) {
    const chunk = new Uint32Array(4 * CHUNK);
    for (let i = 0; i < CHUNK; i++) {
      source(first + i, 0, block);
      chunk.set(block, 4 * i);
    }
    yield chunk.subarray(0, count - 4 * first);
  }
}

function* valueChunks(source: BlockOfElements, count: number): SampleChunks & Iterable<Float64Array> {
  for (let first = 0; first < count / 4; first += CHUNK) {
    const chunk = new Float64Array(4 * CHUNK);
    for (let i = 0; i < CHUNK; i++) source(first + i, chunk, 4 * i);
    yield chunk.subarray(0, count - 4 * first);
  }
}

function normals(source: BlockOfWords, pair: NormalPair): BlockOfElements {
  const block = new Uint32Array(4);
  return (index, out, at) => {
    source(index, 0, block);
    pair(block[0], block[1], out, at);
    pair(block[2], block[3], out, at + 2);
  };
}

function mapped(source: BlockOfElements, map: (value: number) => number): BlockOfElements {
  return (index, out, at) => {
    source(index, out, at);
    for (let lane = at; lane < at + 4; lane++) out[lane] = map(out[lane]);
  };
}

/** Normals, drawn again until they are within +-bound. */
function cut(source: BlockOfWords, bound: number): BlockOfElements {
  const block = new Uint32Array(4);
  const next = new Float64Array(4);
  return (index, out, at) => {
    let done = 0;
    for (let attempt = 0; done !== 0b1111; attempt++) {
      source(index, attempt, block);
      boxMuller(block[0], block[1], next, 0);
      boxMuller(block[2], block[3], next, 2);
      for (let lane = 0; lane < 4; lane++) {
        if ((done >> lane) & 1 || Math.abs(next[lane]) >= bound) continue;
        out[at + lane] = next[lane];
        done |= 1 << lane;
      }
    }
  };
}

function boxMuller(w0: number, w1: number, out: Float64Array, at: number): void {
  const radius = Math.sqrt(-2 * Math.log((w0 + 0.5) * 2 ** -32));
  const angle = (w1 + 0.5) * (2 * Math.PI * 2 ** -32);
  out[at] = radius * Math.cos(angle);
  out[at + 1] = radius * Math.sin(angle);
}

/** Philox4x32 with a number of rounds to choose; src/streams/philox.ts has the sound one. */
function philox(rounds: number, key: Key): BlockOfWords {
  return (block, attempt, out) => {
    let c0 = block >>> 0;
    let c1 = Math.floor(block / 2 ** 32);
    let c2 = attempt;
    let c3 = 0;
    for (let round = 0; round < rounds; round++) {
      const k0 = (key.lo + Math.imul(round, 0x9e3779b9)) | 0;
      const k1 = (key.hi + Math.imul(round, 0xbb67ae85)) | 0;
      const next0 = mulHi(0xcd9e8d57, c2) ^ c1 ^ k0;
      const next2 = mulHi(0xd2511f53, c0) ^ c3 ^ k1;
      c1 = Math.imul(0xcd9e8d57, c2);
      c3 = Math.imul(0xd2511f53, c0);
      c0 = next0;
      c2 = next2;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  };
}

const float = new Float32Array(1);
const pattern = new Uint32Array(float.buffer);

function chopped(value: number): number {
  float[0] = value;
  pattern[0] &= 0xffff0000;
  return float[0];
}
