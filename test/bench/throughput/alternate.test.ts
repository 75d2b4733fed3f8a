import { describe, expect, it } from 'vitest';
import { alternate } from '../../../bench/throughput/alternate';

/** Contenders whose runs take what is said, without anybody waiting. */
function contenders(...milliseconds: number[]) {
  const order: number[] = [];
  const runners = milliseconds.map((wall, i) => ({
    async run() {
      order.push(i);
      return { wall };
    },
  }));
  return { runners, order };
}

describe('alternate', () => {
  it('lets all run in turns, each round beginning with another one', async () => {
    const { runners, order } = contenders(10, 10, 10);
    await alternate(runners, 90);
    expect(order).toEqual([0, 1, 2, 1, 2, 0, 2, 0, 1]);
  });

  it('gives the fast ones many runs and the slow ones few, within their shares', async () => {
    const { runners } = contenders(1, 30, 200);
    const counts = (await alternate(runners, 300)).map(({ timings }) => timings.length);
    expect(counts).toEqual([25, 3, 1]);
  });

  it('runs each once, however slow', async () => {
    const { runners } = contenders(5000, 5000);
    const runs = await alternate(runners, 100);
    expect(runs.map(({ timings }) => timings)).toEqual([[{ wall: 5000 }], [{ wall: 5000 }]]);
  });

  it('leaves one that breaks out of the rest, and keeps its fault', async () => {
    const { runners, order } = contenders(10, 10);
    const fault = new Error('lost');
    runners[0].run = () => Promise.reject(fault);
    const [broken, sound] = await alternate(runners, 60);
    expect(broken).toEqual({ timings: [], fault });
    expect(sound.fault).toBeUndefined();
    expect(order).toEqual([1, 1, 1]);
  });

  it('is content with no contender', async () => {
    expect(await alternate([], 100)).toEqual([]);
  });
});
