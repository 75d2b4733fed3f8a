import { describe, expect, it } from 'vitest';
import { type Dtype, Sampler } from '../../src/index';
import { jax, kerasJax } from '../../src/streams';
import { type Elements, patternsIn, patternsOf, ulpsBetween } from '../vectors/elements';
import vectors from '../vectors/jax/keras_initializers.json';

const sampler = await Sampler.create({ backend: 'cpu' });

describe("Keras's initializers on the backend JAX", () => {
  it.each(vectors.cases.filter(({ className }) => className !== 'Orthogonal'))(
    '$className $config in $shape of $dtype',
    async ({ className, config, shape, dtype: given, elements }) => {
      const dtype = given as Dtype;
      const filled = { stream: kerasJax, dtype };
      const tensor = await sampler.fill({ class_name: className, config }, shape, filled);
      const patterns = patternsIn(await tensor.data(), dtype);
      const exact = dtype !== 'float32' || className.endsWith('Uniform');
      for (const [start, text] of elements as unknown as Elements) {
        const expected = patternsOf(text, dtype);
        const ours = patterns.slice(start, start + expected.length);
        if (exact) expect(ours).toEqual(expected);
        else expect(ulpsBetween(ours, expected, dtype)).toBeLessThanOrEqual(4);
      }
    },
  );

  it.each(vectors.cases.filter(({ className }) => className === 'Orthogonal'))(
    'Orthogonal in $shape',
    async ({ config, shape, elements }) => {
      const tensor = await sampler.fill({ class_name: 'Orthogonal', config }, shape, { stream: kerasJax });
      const values = await tensor.float32();
      for (const [start, text] of elements as unknown as Elements) {
        const expected = new Float32Array(Uint32Array.from(patternsOf(text, 'float32')).buffer);
        expected.forEach((value, i) => expect(Math.abs(values[start + i] - value)).toBeLessThan(2e-6));
      }
    },
  );

  it('takes the seeds that Keras takes', () => {
    expect([kerasJax.keyOf(42).hi, kerasJax.keyOf(42).lo]).toEqual([42, 0]);
    expect(kerasJax.keyOf(structuredClone(kerasJax.keyOf(42)) as never).hi).toBe(42);
    for (const seed of [2 ** 32, -1, jax.key(42)])
      expect(() => kerasJax.keyOf(seed)).toThrow(
        'seed must be an integer in [0, 2^32), as Keras takes them on JAX',
      );
  });
});
