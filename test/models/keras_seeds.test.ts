import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Initializer, initializers, Sampler } from '../../src/index';
import { initModel } from '../../src/models';
import { STREAMS } from '../../src/streams/named';

const folder = new URL('../vectors/keras/', import.meta.url);
const read = (name: string): any => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const model = read('seeded.json') as Record<string, unknown>;

interface Expected {
  readonly shape: readonly number[];
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** Float32 bits as integers whose difference is the distance in units in the last place. */
const ordered = (bits: number): number => (bits >>> 31 ? -(bits & 0x7fffffff) : bits);

/** How far values may be from Keras's, in units in the last place; undefined for an orthogonal matrix. */
function ulps(initializer: Initializer, shape: readonly number[]): number | undefined {
  const { kind } = initializer.resolve(shape);
  if (kind === 'orthogonal') return undefined;
  return kind === 'normal' || kind === 'truncated_normal' ? 4 : 0;
}

describe.each(['keras/jax', 'keras/tensorflow', 'keras/torch', 'keras/numpy'])(
  'the seeds of a model in %s',
  (like) => {
    const { weights } = read(`seeded-${like.replace('keras/', '')}.json`) as {
      weights: Record<string, Expected>;
    };

    it('give the weights that Keras gives', async () => {
      expect(STREAMS.map(({ name }) => name)).toContain(like);
      const filled = await initModel(model, { like, backend: 'cpu' });
      expect(filled.notes.filter((note) => !note.startsWith('the fans of'))).toEqual([]);
      expect(filled.names).toEqual(Object.keys(weights));
      for (const { name, initializer, tensor } of filled.weights) {
        const { shape, first, last } = weights[name];
        expect([name, ...tensor.shape]).toEqual([name, ...shape]);
        const values = (await tensor.data()) as Float32Array;
        const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
        const found = [...bits.subarray(0, first.length), ...bits.subarray(-last.length)];
        const wanted = [...first, ...last];
        const most = ulps(initializers.get(initializer as string), shape);
        if (most === undefined) {
          const wantedValues = new Float32Array(Uint32Array.from(wanted).buffer);
          const foundValues = new Float32Array(Uint32Array.from(found).buffer);
          const apart = wantedValues.map((value, i) => Math.abs(value - foundValues[i]));
          expect(Math.max(...apart), name).toBeLessThan(4e-6);
        } else {
          const apart = wanted.map((word, i) => Math.abs(ordered(word) - ordered(found[i])));
          expect(Math.max(...apart), name).toBeLessThanOrEqual(most);
        }
      }
      filled.destroy();
    });
  },
);

it.each(STREAMS.map((stream) => [stream.name, stream] as const))(
  'an initializer without a seed draws one that %s takes',
  async (_, stream) => {
    const sampler = await Sampler.create({ backend: 'cpu' });
    for (let time = 0; time < 8; time++) {
      const tensor = await sampler.fill('random_uniform', [4], { stream });
      const again = await sampler.fill('random_uniform', [4], { seed: tensor.key, stream });
      expect(await again.data()).toEqual(await tensor.data());
    }
  },
);
