import { describe, expect, it } from 'vitest';
import type { Fill, Timing } from '../../../src/verify/machine/fills';
import { ConstantFill, timeFills } from '../../../src/verify/machine/time_fills';

/** A fill that takes so many seconds. It counts the fills of each pass. */
function fillOf(seconds: (pass: number) => Timing): Fill & { readonly passes: number[] } {
  const passes: number[] = [];
  return {
    bytes: 4,
    passes,
    async run(times) {
      passes.push(times);
      return seconds(passes.length - 1);
    },
    read: () => Promise.reject(new Error('nobody reads')),
    destroy: () => undefined,
  };
}

const wall = (seconds: number): Timing => ({ wall: seconds, gpu: undefined });
const constant = await ConstantFill.measured(fillOf(() => wall(0.02)));

describe('the times of a fill', () => {
  it('are medians of three passes of a fill of medium length', async () => {
    const fill = fillOf((pass) => wall([0.1, 0.4, 0.2][pass]));
    const times = await timeFills(fill, wall(0.1), constant, () => undefined);
    expect(times).toEqual({ fill: wall(0.2), constant: wall(0.02) });
    expect(fill.passes).toEqual([1, 1, 1]);
  });

  it('come from passes of many short fills', async () => {
    const fill = fillOf(() => ({ wall: 0.01, gpu: 0.0002 }));
    const times = await timeFills(fill, wall(0.01), constant, () => undefined);
    expect(times.fill).toEqual({ wall: 0.01, gpu: 0.0002 });
    expect(fill.passes).toEqual([1, 100, 100, 100]);
  });

  it('come from the longest passes where the clock sees nothing', async () => {
    const fill = fillOf(() => ({ wall: 0, gpu: 0 }));
    await timeFills(fill, wall(0), constant, () => undefined);
    expect(fill.passes).toEqual([1, 256, 256, 256]);
  });

  it('are those of one more pass of a long fill, and of the first run of a very long one', async () => {
    const long = fillOf(() => wall(0.6));
    expect((await timeFills(long, wall(0.9), constant, () => undefined)).fill).toEqual(wall(0.6));
    expect(long.passes).toEqual([1]);
    const longest = fillOf(() => wall(9));
    expect((await timeFills(longest, wall(10), constant, () => undefined)).fill).toEqual(wall(10));
    expect(longest.passes).toEqual([]);
  });

  it('have no GPU time where one pass has none', async () => {
    const fill = fillOf((pass) => ({ wall: 0.1, gpu: pass === 1 ? undefined : 0.1 }));
    expect((await timeFills(fill, wall(0.1), constant, () => undefined)).fill.gpu).toBeUndefined();
  });
});
