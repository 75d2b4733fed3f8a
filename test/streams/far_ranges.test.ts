import { describe, expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { numpy, torch } from '../../src/streams';

const sampler = await Sampler.create({ backend: 'cpu' });

describe.each([
  ['torch', torch],
  ['numpy', numpy],
])('a range of %s that begins far from the seed', (_, stream) => {
  it('has the values of the whole tensor', async () => {
    const shape = [2 ** 20];
    const whole = await (await sampler.fill('random_normal', shape, { seed: 3, stream })).float32();
    const range = { start: 2 ** 19 + 5, count: 1000 };
    const part = await (await sampler.fill('random_normal', shape, { seed: 3, stream, range })).float32();
    expect([...part]).toEqual([...whole.subarray(range.start, range.start + range.count)]);
  });

  it('can be given up while it is skipped to', async () => {
    const range = { start: 2 ** 45, count: 3 };
    const signal = AbortSignal.timeout(100);
    const work = sampler.fill('random_normal', [2 ** 46], { seed: 3, stream, range, signal });
    await expect(work).rejects.toThrow(signal.reason ?? /timeout/i);
  });
});
