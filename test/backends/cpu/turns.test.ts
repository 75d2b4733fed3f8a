import { describe, expect, it } from 'vitest';
import { Sampler, type FillOptions } from '../../../src/index';

/** The time that this process has computed, in milliseconds. Unlike a clock it stands still for other processes. */
function computed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The longest time, in milliseconds of computation, that other tasks have to wait while `call` runs. */
async function longestWait(call: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = computed();
  let running = true;
  const tick = (): void => {
    const now = computed();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(tick);
  };
  setImmediate(tick);
  await call();
  running = false;
  tick();
  return longest;
}

/** Fills whose parts take long enough that they were done at once before. */
const FILLS: [string, 'fast' | 'reference', string, number[], FillOptions?][] = [
  ['orthogonal', 'reference', 'orthogonal', [600, 600]],
  ['tall orthogonal', 'fast', 'orthogonal', [100_000, 32]],
  ['normal', 'reference', 'normal', [2 ** 21]],
  ['truncated normal', 'reference', 'truncated_normal', [2 ** 21]],
  ['identity', 'fast', 'identity', [6000, 6000]],
];

describe('a computation on the CPU', () => {
  // The goal is 50 ms. Slow machines take several times as long.
  it.each(FILLS)('lets other tasks run soon: %s, %s', async (_, cpu, name, shape) => {
    const sampler = await Sampler.create({ backend: 'cpu', cpu, threads: cpu === 'fast' ? 1 : undefined });
    const wait = await longestWait(() => sampler.fill(name, shape, { seed: 1 }));
    expect(wait).toBeLessThan(300);
  });

  it('of many small tensors lets other tasks run soon', async () => {
    const sampler = await Sampler.create({ backend: 'cpu', threads: 1 });
    const requests = Array.from({ length: 200 }, (_, i) => ({
      name: `w${i}`,
      initializer: 'normal',
      shape: [100_000],
    }));
    let turns = 0;
    let running = true;
    const tick = (): void => {
      turns++;
      if (running) setImmediate(tick);
    };
    setImmediate(tick);
    await sampler.fillAll(requests, { seed: 1 });
    expect(turns).toBeGreaterThan(3);
    turns = 0;
    for await (const _ of sampler.chunksOfAll(requests, { seed: 1 }));
    running = false;
    expect(turns).toBeGreaterThan(3);
  });

  it.each(['fast', 'reference'] as const)('of many at once lets other tasks run soon: %s', async (cpu) => {
    const sampler = await Sampler.create({ backend: 'cpu', cpu, threads: cpu === 'fast' ? 1 : undefined });
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('enough')), 100);
    const calls = Array.from({ length: 200 }, (_, seed) =>
      sampler.fill('normal', [2 ** 20], { seed, signal: abort.signal }),
    );
    const wait = await longestWait(() => Promise.allSettled(calls));
    expect(wait).toBeLessThan(300);
    await expect(calls[199]).rejects.toThrow('enough');
  });

  // The goal is 200 ms, and the whole takes tens of seconds.
  it.each([
    ['fast', 50],
    ['fast', 700],
    ['reference', 50],
    ['reference', 700],
  ] as const)('of an orthogonal of 6000 is aborted soon: %s, after %i ms', async (cpu, after) => {
    const sampler = await Sampler.create({ backend: 'cpu', cpu, threads: cpu === 'fast' ? 1 : undefined });
    const abort = new AbortController();
    let at = Infinity;
    setTimeout(() => {
      at = computed();
      abort.abort(new Error('enough'));
    }, after);
    const options = { seed: 1, signal: abort.signal };
    const wait = await longestWait(() =>
      expect(sampler.fill('orthogonal', [6000, 6000], options)).rejects.toThrow('enough'),
    );
    expect(computed() - at).toBeLessThan(1000);
    expect(wait).toBeLessThan(300);
    sampler.destroy();
  });
});
