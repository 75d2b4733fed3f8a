import { afterEach, describe, expect, it, vi } from 'vitest';
import { computeJobs } from '../../src/cli/compute';
import { computePieces, type PieceRequest } from '../../src/cli/compute_pieces';
import { type Job, Sampler } from '../../src/index';
import { jax, torch } from '../../src/streams';
import { expectSameBytes } from '../support/bytes';

/** What the threads were asked, and how many answers were outstanding at most. */
const asked = { pieces: [] as PieceRequest[], outstanding: 0, most: 0, ended: 0 };
let fails = (): boolean => false;

vi.mock('node:os', async (actual) => ({ ...(await actual<object>()), availableParallelism: () => 3 }));

/** Threads that are none. They get plain data, as others do. */
vi.mock('../../src/cli/workers', () => ({
  Workers: class {
    private readonly sampler = Sampler.create({ backend: 'cpu', threads: 1 });
    constructor(
      _script: string,
      readonly count: number,
    ) {}
    async ask(_index: number, task: { pieces: PieceRequest[] }): Promise<unknown> {
      const { pieces } = structuredClone(task);
      asked.pieces.push(...pieces);
      asked.most = Math.max(asked.most, ++asked.outstanding);
      await new Promise((resolve) => setTimeout(resolve, 5 * Math.random()));
      try {
        if (fails()) throw new Error('a thread ended with code 1');
        return await computePieces(pieces, await this.sampler);
      } finally {
        asked.outstanding--;
      }
    }
    async terminate(): Promise<void> {
      asked.ended++;
    }
  },
}));

const sampler = await Sampler.create({ backend: 'cpu', threads: 1 });
const uniform = (shape: number[]): Job => sampler.check('random_uniform', shape, { seed: jax.key(3) });

/** The bytes of each job, whose chunks must follow one another. */
async function collect(jobs: readonly Job[]): Promise<Buffer[]> {
  const parts: Buffer[][] = jobs.map(() => []);
  const ends = jobs.map(() => 0);
  let last = 0;
  for await (const { index, start, bytes } of computeJobs(sampler, jobs, { script: '' })) {
    expect(index).toBeGreaterThanOrEqual(last);
    expect(start).toBe(ends[index]);
    last = index;
    ends[index] += bytes.length / 4;
    parts[index].push(Buffer.from(bytes));
  }
  return parts.map((own) => Buffer.concat(own));
}

async function expectBytesOfSampler(jobs: readonly Job[]): Promise<void> {
  const parts: Buffer[][] = jobs.map(() => []);
  for await (const { index, bytes } of sampler.chunksOfJobs(jobs, {})) parts[index].push(Buffer.from(bytes));
  for (const [i, bytes] of (await collect(jobs)).entries()) expectSameBytes(bytes, Buffer.concat(parts[i]));
}

afterEach(() => {
  Object.assign(asked, { pieces: [], outstanding: 0, most: 0, ended: 0 });
  fails = () => false;
});

describe('jobs that threads compute', () => {
  it('have the bytes of the sampler, in order and in bounded memory', async () => {
    const jobs = [
      uniform([700_001]),
      sampler.check('zeros', [5]),
      uniform([3]),
      sampler.check('orthogonal', [10, 10], { seed: 1 }),
      uniform([100, 2000]),
    ];
    await expectBytesOfSampler(jobs);
    const elements = asked.pieces.reduce((sum, { range }) => sum + range.count, 0);
    expect(elements).toBe(700_001 + 5 + 3 + 200_000); // all but the matrix
    expect(asked.most).toBeLessThanOrEqual(2 * 3);
    expect(asked.ended).toBe(1);
  });

  it('end where one fails, and where nobody goes on', async () => {
    const jobs = [uniform([2_000_000])];
    for await (const _ of computeJobs(sampler, jobs, { script: '' })) break;
    expect([asked.ended, asked.pieces.length < 10]).toEqual([1, true]);
    fails = () => asked.pieces.length > 6;
    await expect(collect(jobs)).rejects.toThrow('a thread ended with code 1');
    expect(asked.ended).toBe(2);
  });

  it.each([
    ['few elements', () => uniform([1000])],
    ['what has threads of its own', () => sampler.check('random_normal', [600_000], { seed: 1 })],
    ['constants', () => sampler.check('ones', [600_000])],
    [
      'values that follow one another',
      () => sampler.check('random_uniform', [600_000], { seed: torch.manualSeed(1), stream: torch }),
    ],
  ])('are none of %s', async (_, job) => {
    const jobs = [job()];
    await expectBytesOfSampler(jobs);
    expect(asked.pieces).toEqual([]);
  });
});
