import { describe, expect, it } from 'vitest';
import { fillReference } from '../../src/backends/cpu/reference/fill';
import { fastStream } from '../../src/backends/cpu/wasm/engine';
import { Sampler } from '../../src/index';
import { jax } from '../../src/streams';
import { threefry2x32 } from '../../src/streams/threefry';
import { compiledKernels } from '../support/kernels';
import vectors from '../vectors/jax/draws.json';

/** The file kat_vectors of Random123 (Salmon et al., 2011), threefry2x32 with 20 rounds. */
const KNOWN_ANSWERS = [
  { counter: [0, 0], key: [0, 0], words: [0x6b200159, 0x99ba4efe] },
  {
    counter: [0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x1cb996fc, 0xbb002be7],
  },
  {
    counter: [0x243f6a88, 0x85a308d3],
    key: [0x13198a2e, 0x03707344],
    words: [0xc4923a9c, 0x483df7a0],
  },
];

describe('Threefry2x32-20', () => {
  it.each([...KNOWN_ANSWERS, ...vectors.threefry])(
    'gives the published words for counter $counter and key $key',
    ({ counter, key, words }) => {
      const out = new Uint32Array(2);
      threefry2x32(counter[0], counter[1], key[0], key[1], out);
      expect([...out]).toEqual(words);
    },
  );
});

describe('the words of Threefry in WebAssembly', () => {
  it.each([
    [0, 1000],
    [5, 4099],
    [2 ** 32 - 61, 200], // where the high word of the index changes
    [2 ** 34 - 7, 100],
    [2 ** 53 - 300, 299],
  ])('are those of the reference from element %i on', async (start, count) => {
    const { engine } = await compiledKernels();
    const key = jax.wrapKeyData([0x13198a2e, 0x03707344]);
    const params = { kernel: 'bits' } as const;
    const stream = fastStream({ params, key, dtype: 'uint32' })!;
    expect(structuredClone(stream)).toEqual(stream);
    const got = new Uint32Array(count);
    engine.fill(stream, start, got);
    const want = new Uint32Array(count);
    fillReference(params, key, 'uint32', start, want);
    expect(got).toEqual(want);
  });

  it('are those of the reference on threads', async () => {
    const options = { seed: jax.key(3) };
    const [fast, reference] = await Promise.all(
      (['fast', 'reference'] as const).map(async (cpu) => {
        const sampler = await Sampler.create({ backend: 'cpu', cpu, ...(cpu === 'fast' && { threads: 2 }) });
        const tensor = await sampler.fill('bits', [2 ** 21 + 5], options);
        const data = await tensor.data();
        sampler.destroy();
        return data;
      }),
    );
    expect(Buffer.from(fast.buffer).equals(Buffer.from(reference.buffer))).toBe(true);
  });
});
