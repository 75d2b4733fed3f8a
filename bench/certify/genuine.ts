import { bytesPerElement, type FloatDtype, isHalf, viewAs } from '../../src/core/dtype';
import { type Dtype, initializers, type InitializerSpec, Key, Sampler, toFloat32 } from '../../src/index';
import {
  exponential,
  gamma,
  gumbel,
  inverseSoftplus,
  laplace,
  logistic,
  lognormal,
} from '../../src/initializers/distributions';
import type { ContinuousLaw } from '../../src/statistics/laws';
import { exponentialLaw } from '../../src/statistics/laws/exponential';
import { gammaLaw } from '../../src/statistics/laws/gamma';
import { gumbelLaw } from '../../src/statistics/laws/gumbel';
import { inverseSoftplusLaw } from '../../src/statistics/laws/inverse_softplus';
import { laplaceLaw } from '../../src/statistics/laws/laplace';
import { logisticLaw } from '../../src/statistics/laws/logistic';
import { lognormalLaw } from '../../src/statistics/laws/lognormal';
import { normalLaw } from '../../src/statistics/laws/normal';
import { truncatedNormalLaw } from '../../src/statistics/laws/truncated_normal';
import { uniformLaw } from '../../src/statistics/laws/uniform';
import { examinePair, examineStream } from './examine';
import { roundedLaw } from './rounded_law';
import { type Conditions, matrixOf, type SampleChunk, type Subject } from './subject';

const { bits, glorotUniform, heNormal, randomNormal, randomUniform, truncatedNormal } = initializers;

const CHUNK_BYTES = 4 * 2 ** 20;

/** The library's own distributions, each from a stream of its own below the seed. */
export const GENUINE: readonly Subject[] = [
  words(),
  values(
    'uniform',
    'uniform over [0, 1)',
    () => randomUniform({ minval: 0, maxval: 1 }),
    () => uniformLaw(0, 1),
  ),
  values(
    'uniform-shifted',
    'uniform over [10, 11), where float32 has 2^20 values',
    () => randomUniform({ minval: 10, maxval: 11 }),
    () => uniformLaw(10, 11),
  ),
  values('normal', 'standard normal', standardNormal, () => normalLaw(0, 1)),
  values(
    'normal-scaled',
    'normal with mean 1 and stddev 0.05',
    () => randomNormal({ mean: 1, stddev: 0.05 }),
    () => normalLaw(1, Math.fround(0.05)),
  ),
  values('truncated-normal', 'standard normal cut at +-2', cutNormal, cutAtTwo),
  values('glorot-uniform', "Keras's glorot_uniform", glorotUniform, ([rows, columns]) => {
    const limit = Math.fround(Math.sqrt(6 / (rows + columns)));
    return uniformLaw(-limit, limit);
  }),
  values('he-normal', "Keras's he_normal", heNormal, ([rows]) =>
    truncatedNormalLaw(0, Math.fround(Math.sqrt(2 / rows) / cutAtTwo().stddev), -2, 2),
  ),
  ...(['float16', 'bfloat16'] as const).flatMap((dtype) => [
    values(
      `uniform-${dtype}`,
      `uniform over [0, 1) in ${dtype}`,
      () => randomUniform({ minval: 0, maxval: 1 }),
      () => uniformLaw(0, 1),
      dtype,
    ),
    values(`normal-${dtype}`, `standard normal in ${dtype}`, standardNormal, () => normalLaw(0, 1), dtype),
    values(`truncated-normal-${dtype}`, `standard normal cut at +-2 in ${dtype}`, cutNormal, cutAtTwo, dtype),
  ]),
  values(
    'exponential',
    'exponential with mean 1',
    () => exponential(),
    () => exponentialLaw(1),
  ),
  values(
    'laplace',
    'standard Laplace',
    () => laplace(),
    () => laplaceLaw(0, 1),
  ),
  values(
    'logistic',
    'standard logistic',
    () => logistic(),
    () => logisticLaw(0, 1),
  ),
  values(
    'gumbel',
    'standard Gumbel',
    () => gumbel(),
    () => gumbelLaw(0, 1),
  ),
  values(
    'lognormal',
    'lognormal with mean 0 and stddev 0.25 of the logarithm',
    () => lognormal({ stddev: 0.25 }),
    () => lognormalLaw(0, 0.25),
  ),
  values(
    'inverse-softplus',
    'inverse softplus of log-uniform numbers in [0.001, 0.1)',
    () => inverseSoftplus(),
    () => inverseSoftplusLaw(0.001, 0.1),
  ),
  ...[0.5, 3].map((concentration) =>
    values(
      `gamma-${concentration}`,
      `gamma with concentration ${concentration}`,
      () => gamma({ concentration }),
      () => gammaLaw(concentration, 1),
    ),
  ),
  pair('seeds', 'two normal tensors of neighbouring seeds', (seed) => [seed, seed.value + 1n]),
  pair('names', 'two normal tensors of one seed, by their names', (seed) => [
    seed.fold('layer_0/kernel'),
    seed.fold('layer_1/kernel'),
  ]),
];

function standardNormal() {
  return randomNormal({ mean: 0, stddev: 1 });
}

function cutNormal() {
  return truncatedNormal({ mean: 0, stddev: 1 });
}

function cutAtTwo(): ContinuousLaw {
  return truncatedNormalLaw(0, 1, -2, 2);
}

function words(): Subject {
  const name = 'bits';
  return {
    name,
    about: 'the raw 32-bit words',
    broken: false,
    tensors: 1,
    examine(conditions, onProgress) {
      const shape = matrixOf(conditions.count);
      const elements = generate(bits(), shape, 'uint32', keyOf(conditions, name), conditions);
      return examineStream(roundedLaw(uniformLaw(0, 1), 'real'), shape, elements, onProgress);
    },
  };
}

/**
 * A subject of floats.
 * @param defect makes a broken one: changes the values of a chunk, which holds whole blocks
 */
export function values(
  name: string,
  about: string,
  initializer: () => InitializerSpec,
  law: (shape: readonly [number, number]) => ContinuousLaw,
  dtype: FloatDtype = 'float32',
  defect?: (chunk: SampleChunk) => SampleChunk,
): Subject {
  return {
    name,
    about,
    broken: defect !== undefined,
    tensors: 1,
    examine(conditions, onProgress) {
      const shape = matrixOf(conditions.count);
      const elements = generate(initializer(), shape, dtype, keyOf(conditions, name), conditions);
      const changed = defect === undefined ? elements : mapped(elements, defect);
      return examineStream(roundedLaw(law(shape), dtype), shape, changed, onProgress);
    },
  };
}

async function* mapped(
  chunks: AsyncIterable<SampleChunk>,
  map: (chunk: SampleChunk) => SampleChunk,
): AsyncGenerator<SampleChunk> {
  for await (const chunk of chunks) yield map(chunk);
}

function pair(
  name: string,
  about: string,
  seeds: (seed: Key) => readonly [Key | bigint, Key | bigint],
): Subject {
  return {
    name,
    about,
    broken: false,
    tensors: 2,
    examine(conditions, onProgress) {
      const shape = matrixOf(conditions.count);
      const [one, other] = seeds(Key.from(BigInt(conditions.seed))).map((seed) =>
        generate(standardNormal(), shape, 'float32', Key.from(seed), conditions),
      );
      return examinePair(roundedLaw(normalLaw(0, 1), 'float32'), one, other, onProgress);
    },
  };
}

function keyOf({ seed }: Conditions, name: string): Key {
  return Key.from(BigInt(seed)).fold(`certify/${name}`);
}

const ALL_PATTERNS = Uint16Array.from({ length: 2 ** 16 }, (_, pattern) => pattern);

/** @param values of all patterns of a half: looking up is ten times as fast as decoding */
function elementsOf(patterns: Uint16Array, values: Float32Array): Float32Array {
  const elements = new Float32Array(patterns.length);
  for (let i = 0; i < patterns.length; i++) elements[i] = values[patterns[i]];
  return elements;
}

async function* generate(
  initializer: InitializerSpec,
  shape: readonly [number, number],
  dtype: Dtype,
  seed: Key,
  { backend }: Conditions,
): AsyncGenerator<SampleChunk> {
  const sampler = await Sampler.create({ backend });
  const halves = isHalf(dtype) ? toFloat32(dtype, ALL_PATTERNS) : undefined;
  try {
    for await (const bytes of sampler.chunks(initializer, shape, { seed, dtype, chunkBytes: CHUNK_BYTES })) {
      const { buffer, byteOffset, length } = bytes as Uint8Array<ArrayBuffer>;
      const elements = viewAs(dtype, buffer, byteOffset, length / bytesPerElement(dtype));
      yield elements instanceof Uint16Array
        ? elementsOf(elements, halves!)
        : (elements as Float32Array | Uint32Array);
    }
  } finally {
    sampler.destroy();
  }
}
