import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { initializers, Key, Sampler, type TensorData } from '../../src/index';
import { describeModel, initModel, modelFile, type ModelSource } from '../../src/models';
import { jax } from '../../src/streams/jax';

const folder = new URL('../vectors/keras/', import.meta.url);
const read = (name: string): any => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const keras2 = read('seeded-keras2.json');
const keras3 = read('seeded.json');
const encode = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json));
const archive = ({ config, metadata }: { config: unknown; metadata: unknown }): Uint8Array =>
  zipSync({ 'metadata.json': encode(metadata), 'config.json': encode(config) });
const cpu = { backend: 'cpu' } as const;

/** The values of each weight by its name. */
async function values(source: ModelSource, options: object): Promise<Map<string, TensorData>> {
  const model = await initModel(source, { ...cpu, ...options });
  const weights = await model.getWeights();
  model.destroy();
  return new Map(weights.map((weight) => [weight.name, weight]));
}

describe("seeds: 'configured'", () => {
  it.each([
    ['a JSON of Keras 2', keras2.model],
    ['a .keras file of Keras 2', archive(keras2.archive)],
    ['a JSON of Keras 3', keras3],
    ['a .keras file of Keras 3', archive({ config: keras3, metadata: { keras_version: '3.15.1' } })],
  ])('draws each weight of %s from its own seed and its name', async (_, source) => {
    const sampler = await Sampler.create(cpu);
    const own = await values(source, { seeds: 'configured' });
    const { tensors, keras } = describeModel(source);
    let seeded = 0;
    for (const { name, shape, initializer } of tensors) {
      const configured = keras!.weights.find((weight) => weight.name === name)!.initializer;
      const { seed } = (configured as { config: { seed?: number | null } }).config;
      if (seed !== null && seed !== undefined) seeded++;
      const key = Key.from(BigInt(seed ?? 0)).fold(name);
      const wanted = await sampler.fill(initializers.get(initializer as string), shape, { seed: key });
      expect([name, own.get(name)]).toEqual([name, await wanted.data()]);
    }
    expect(seeded).toBeGreaterThan(4);
    sampler.destroy();
  });

  const layer = (name: string, seed: number | null, more: object = {}): object => ({
    class_name: 'Dense',
    config: { name, units: 4, kernel_initializer: { class_name: 'HeNormal', config: { seed } }, ...more },
  });
  const sequence = (...layers: object[]): Record<string, unknown> => ({
    class_name: 'Sequential',
    config: {
      name: 's',
      layers: [{ class_name: 'InputLayer', config: { batch_shape: [null, 4] } }, ...layers],
    },
  });

  it("leaves weights without a seed to the model's, and all where it is not given", async () => {
    const model = sequence(layer('a', 5), layer('b', 5), layer('c', null));
    const plain = await values(model, { seed: 1 });
    const heeded = await values(model, { seed: 1, seeds: 'configured' });
    const unseeded = sequence(layer('a', null), layer('b', null), layer('c', null));
    expect(await values(unseeded, { seed: 1 })).toEqual(plain);
    expect(heeded.get('c/kernel')).toEqual(plain.get('c/kernel'));
    expect(heeded.get('a/kernel')).not.toEqual(plain.get('a/kernel'));
    expect(heeded.get('a/kernel')).toEqual((await values(unseeded, { seed: 5 })).get('a/kernel'));
    expect(heeded.get('b/kernel')).not.toEqual(heeded.get('a/kernel'));
    await expect(values(model, { seeds: 'configured' })).rejects.toThrow(
      'tensor "c/kernel": seed is missing: its initializer has none of its own, so give the model one',
    );
  });

  it('counts for the parts of a bias, too', async () => {
    const lstm = (seed: number | null): object => ({
      class_name: 'LSTM',
      config: { name: 'lstm', units: 3, bias_initializer: { class_name: 'RandomNormal', config: { seed } } },
    });
    const rows = (inner: object): Record<string, unknown> => ({
      class_name: 'Sequential',
      config: {
        name: 's',
        layers: [{ class_name: 'InputLayer', config: { batch_shape: [null, 2, 4] } }, inner],
      },
    });
    const heeded = await values(rows(lstm(9)), { seed: 1, seeds: 'configured' });
    const plain = await values(rows(lstm(null)), { seed: 9 });
    const bias = [...heeded.keys()].find((name) => name.endsWith('/bias'))!;
    expect(heeded.get(bias)).toEqual(plain.get(bias));
    expect(heeded.get(bias)!.slice(3, 6)).toEqual(new Float32Array(3).fill(1));
  });

  it('has no note, and the note without it says how to heed seeds', () => {
    const model = sequence(layer('a', 5));
    expect(modelFile(model, { seeds: 'configured' }).notes).toEqual([]);
    expect(modelFile(model, { seed: 1 }).notes).toEqual([
      "seeds in the configuration are not heeded, the model's seed and the names give every stream: a/kernel; " +
        "seeds: 'configured' heeds them",
    ]);
  });

  it('is refused where it cannot be right', () => {
    const model = sequence(layer('a', 5));
    expect(() => modelFile(model, { seeds: 'all' as never })).toThrow(
      'seeds must be one of configured, got "all"',
    );
    expect(() => modelFile(model, { seed: 1, stream: jax, seeds: 'configured' })).toThrow(
      `seeds: 'configured' is for tensorseed's own stream and those of Keras, got the stream "jax"`,
    );
    expect(() => modelFile(model, {})).toThrow('seed is missing: give an integer in [0, 2^64)');
  });

  it('changes nothing in a stream of Keras', async () => {
    expect(await values(keras3, { like: 'keras/tensorflow', seeds: 'configured' })).toEqual(
      await values(keras3, { like: 'keras/tensorflow' }),
    );
  });
});

describe('The seeds of tf.keras in the stream keras/tensorflow', () => {
  const ordered = (bits: number): number => (bits >>> 31 ? -(bits & 0x7fffffff) : bits);

  it.each([
    ['JSON', keras2.model],
    ['.keras file', archive(keras2.archive)],
  ])('give the weights that it gives, from its %s', async (_, source) => {
    const found = await values(source, { like: 'keras/tensorflow' });
    expect([...found.keys()]).toEqual(Object.keys(keras2.weights));
    for (const [name, { first, last }] of Object.entries<any>(keras2.weights)) {
      const data = found.get(name)!;
      const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
      const apart = [...first, ...last].map((word: number, i: number) => {
        const at = i < first.length ? i : data.length - last.length + i - first.length;
        return Math.abs(ordered(word) - ordered(bits[at]));
      });
      expect([name, Math.max(...apart) <= 4]).toEqual([name, true]);
    }
  });
});
