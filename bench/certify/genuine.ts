import { bits } from '../../src/initializers/bits';
import type { Dtype, FloatDtype } from '../../src/core/dtype';
import { elementDecoder } from '../../src/formats/elements';
import type { SafetensorsDtype } from '../../src/formats/safetensors_dtypes';
import {
  glorotUniform,
  heNormal,
  randomNormal,
  randomUniform,
  truncatedNormal,
} from '../../src/initializers';
import type { InitializerSpec } from '../../src/initializers';
import { Key } from '../../src/streams/key';
import { Sampler } from '../../src/sampler/sampler';
import { CUT_STDDEV, type Density, normalDensity, truncatedDensity, uniformDensity } from './density';
import { examinePair, examineStream } from './examine';
import { lawOf } from './law';
import { type Chunk, type Conditions, matrixOf, type Subject } from './subject';

const CHUNK_BYTES = 4 * 2 ** 20;

/** The library's own distributions, each from a stream of its own below the seed. */
export const GENUINE: readonly Subject[] = [
  words(),
  values(
    'uniform',
    'uniform over [0, 1)',
    () => randomUniform({ minval: 0, maxval: 1 }),
    () => uniformDensity(0, 1),
  ),
  values(
    'uniform-shifted',
    'uniform over [10, 11), where float32 has 2^20 values',
    () => randomUniform({ minval: 10, maxval: 11 }),
    () => uniformDensity(10, 11),
  ),
  values('normal', 'standard normal', standardNormal, () => normalDensity(0, 1)),
  values(
    'normal-scaled',
    'normal with mean 1 and stddev 0.05',
    () => randomNormal({ mean: 1, stddev: 0.05 }),
    () => normalDensity(1, Math.fround(0.05)),
  ),
  values('truncated-normal', 'standard normal cut at +-2', cutNormal, () => truncatedDensity(0, 1, 2)),
  values('glorot-uniform', "Keras's glorot_uniform", glorotUniform, ([rows, columns]) => {
    const limit = Math.fround(Math.sqrt(6 / (rows + columns)));
    return uniformDensity(-limit, limit);
  }),
  values('he-normal', "Keras's he_normal", heNormal, ([rows]) =>
    truncatedDensity(0, Math.fround(Math.sqrt(2 / rows) / CUT_STDDEV), 2),
  ),
  ...(['float16', 'bfloat16'] as const).flatMap((dtype) => [
    values(
      `uniform-${dtype}`,
      `uniform over [0, 1) in ${dtype}`,
      () => randomUniform({ minval: 0, maxval: 1 }),
      () => uniformDensity(0, 1),
      dtype,
    ),
    values(
      `normal-${dtype}`,
      `standard normal in ${dtype}`,
      standardNormal,
      () => normalDensity(0, 1),
      dtype,
    ),
    values(
      `truncated-normal-${dtype}`,
      `standard normal cut at +-2 in ${dtype}`,
      cutNormal,
      () => truncatedDensity(0, 1, 2),
      dtype,
    ),
  ]),
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
      return examineStream(lawOf(uniformDensity(0, 1), 'real'), shape, elements, onProgress);
    },
  };
}

function values(
  name: string,
  about: string,
  initializer: () => InitializerSpec,
  density: (shape: readonly [number, number]) => Density,
  dtype: FloatDtype = 'float32',
): Subject {
  return {
    name,
    about,
    broken: false,
    tensors: 1,
    examine(conditions, onProgress) {
      const shape = matrixOf(conditions.count);
      const elements = generate(initializer(), shape, dtype, keyOf(conditions, name), conditions);
      return examineStream(lawOf(density(shape), dtype), shape, elements, onProgress);
    },
  };
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
      return examinePair(lawOf(normalDensity(0, 1), 'float32'), one, other, onProgress);
    },
  };
}

function keyOf({ seed }: Conditions, name: string): Key {
  return Key.from(BigInt(seed)).fold(`certify/${name}`);
}

const STORED: Record<FloatDtype, SafetensorsDtype> = { float32: 'F32', float16: 'F16', bfloat16: 'BF16' };

async function* generate(
  initializer: InitializerSpec,
  shape: readonly [number, number],
  dtype: Dtype,
  seed: Key,
  { backend }: Conditions,
): AsyncGenerator<Chunk> {
  const sampler = await Sampler.create({ backend });
  try {
    for await (const bytes of sampler.chunks(initializer, shape, { seed, dtype, chunkBytes: CHUNK_BYTES })) {
      yield decoded(bytes as Uint8Array<ArrayBuffer>, dtype);
    }
  } finally {
    sampler.destroy();
  }
}

function decoded(bytes: Uint8Array<ArrayBuffer>, dtype: Dtype): Chunk {
  if (dtype === 'uint32') return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return elementDecoder(STORED[dtype])!.decode(bytes) as Float32Array;
}
