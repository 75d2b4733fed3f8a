import { describe, expect, it } from 'vitest';
import type { Repeatable } from '../../../bench/gpu/fills';
import { timeInTurns, timesOf, warmUp } from '../../../bench/gpu/measure';
import { inTime } from '../../../bench/gpu/measure_model';
import { verifyColumns } from '../../../bench/gpu/measure_orthogonal';
import { placed } from '../../../bench/gpu/placement';
import { speedOf } from '../../../bench/gpu/speed';
import { DoesNotFit, WrongValues } from '../../../bench/throughput/reasons';

/** A fill that takes so many milliseconds by the card's clock, and one more a pass by the host's. */
function fill(milliseconds: number, asked: number[] = []): Repeatable {
  return {
    bytes: 4,
    async run(times) {
      asked.push(times);
      return { wall: times * milliseconds + 1, gpu: times * milliseconds };
    },
    destroy: () => undefined,
  };
}

describe('measuring a fill', () => {
  it('makes a pass of as many fills as last 10 ms, and of no more than 64', async () => {
    expect(await warmUp(fill(0.5))).toMatchObject({ inPass: 20, estimate: 0.5 });
    expect(await warmUp(fill(0.001))).toMatchObject({ inPass: 64 });
    expect(await warmUp(fill(30))).toMatchObject({ inPass: 1, estimate: 30 });
  });

  it('does not repeat what takes long', async () => {
    const asked: number[] = [];
    await warmUp(fill(1500, asked));
    expect(asked).toEqual([1]);
  });

  it('gives the time of one fill of a pass, by the clock of the card where all passes have it', () => {
    const timings = [
      { wall: 12, gpu: 10 },
      { wall: 14, gpu: 12 },
      { wall: 22, gpu: 20 },
    ];
    expect(timesOf(timings, 2)).toMatchObject({
      clock: 'timestamp queries',
      time: { median: 6, lowerQuartile: 5.5, upperQuartile: 8 },
      wall: { median: 7 },
      runs: 3,
      inPass: 2,
    });
    expect(timesOf([...timings, { wall: 30 }], 2)).toMatchObject({
      clock: 'wall clock',
      time: { median: 9 },
    });
  });

  it('puts rates beside those of the limits', async () => {
    const warm = [await warmUp(fill(1)), await warmUp(fill(2)), await warmUp(fill(4))];
    const [constant, copy, own] = await timeInTurns(warm, 1000);
    const speed = speedOf({ dtype: 'float32', elements: 1e6, bytes: 4e6 }, own, { constant, copy });
    expect(speed).toMatchObject({ gigabytesPerSecond: 1, gigaelementsPerSecond: 0.25 });
    expect(speed.constant).toMatchObject({ gigabytesPerSecond: 4, share: 0.25 });
    expect(speed.copy).toMatchObject({ gigabytesPerSecond: 2, share: 0.5 });
  });

  it('ends with the fault of a fill', async () => {
    const broken: Repeatable = {
      ...fill(1),
      run: () => Promise.reject(new Error('the GPU device was lost')),
    };
    await expect(timeInTurns([{ repeatable: broken, inPass: 1, estimate: 1 }], 10)).rejects.toThrow('lost');
  });
});

describe('placing tensors', () => {
  const sized = (...bytes: number[]) => bytes.map((one) => ({ bytes: one }));

  it('lays them one after the other on multiples of 256 bytes, into as few buffers as their order allows', () => {
    const shards = placed(sized(100, 300, 600, 4), 1000);
    expect(shards.map(({ bytes, parts }) => [bytes, parts.map(({ byteOffset }) => byteOffset)])).toEqual([
      [556, [0, 256]],
      [772, [0, 768]],
    ]);
  });

  it('refuses a tensor that no buffer holds', () => {
    expect(() => placed(sized(100, 1004), 1000)).toThrow(DoesNotFit);
  });

  it('takes the first tensors that fit the time', () => {
    const tensors = [{ count: 10 }, { count: 20 }, { count: 30 }];
    expect(inTime(tensors, 35)).toEqual(tensors.slice(0, 2));
    expect(inTime(tensors, 60)).toEqual(tensors);
    expect(() => inTime(tensors, 5)).toThrow(DoesNotFit);
  });
});

describe('checking a large orthogonal matrix', () => {
  const side = 8;
  const identity = (): Float32Array =>
    Float32Array.from({ length: side * side }, (_, i) => Number(i % (side + 1) === 0));

  it('accepts orthonormal columns', () => {
    expect(verifyColumns(identity(), side)).toContain('8 columns times all');
  });

  it.each([
    ['a column that is too long', 9, 1.01],
    ['columns that are not orthogonal', 10, 0.1],
    ['what is no number', 3, NaN],
  ])('refuses %s', (_, index, value) => {
    const matrix = identity();
    matrix[index] = value;
    expect(() => verifyColumns(matrix, side)).toThrow(WrongValues);
  });
});
