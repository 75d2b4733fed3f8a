import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { byteRate, duration } from '../../src/text/numbers';
import { Progress } from '../../src/cli/progress';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A thousandth of the work each 100 ms, `steps` times, after a slow start; what was written. */
function shown(isTTY: boolean, steps: number): string[] {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  const progress = new Progress('generate', 1000 * 10_000, stream);
  vi.advanceTimersByTime(20_000);
  for (let step = 0; step < steps; step++) {
    progress.add(10_000, 40_000);
    vi.advanceTimersByTime(100);
  }
  progress.end();
  return written;
}

describe('Progress', () => {
  it('redraws a bar on a terminal, with rate and time left, and clears it', () => {
    const written = shown(true, 501);
    // Half is done; the clock runs from the first step on, so that the slow start is not in the rate.
    expect(written[499]).toBe(
      '\rgenerate [############............]  50 %  100 k elements/s  0.4 MB/s  49.9 s left\x1b[K',
    );
    expect(written.at(-1)).toBe('\r\x1b[K');
    expect(written).toHaveLength(501);
  });

  it('writes plain lines elsewhere, ever more rarely', () => {
    const written = shown(false, 1000);
    expect(written[0]).toBe('generate   3 %  100 k elements/s  0.4 MB/s  96.9 s left\n');
    for (const line of written) expect(line).toMatch(/^generate +\d+ %  [^\r\x1b]+ left\n$/);
    expect(written.length).toBeGreaterThan(10);
    expect(shown(false, 1_000_000).length).toBeLessThan(120);
  });

  it('says nothing of the time left where it cannot know', () => {
    expect(shown(true, 11)[8]).toBe(
      '\rgenerate [........................]   1 %  100 k elements/s  0.4 MB/s\x1b[K',
    );
    expect(shown(true, 11)[9]).toContain(' left');
  });

  it('says nothing of short work', () => {
    expect(shown(false, 20)).toEqual([]);
    expect(shown(true, 1)).toEqual([]);
  });
});

it('numbers have the unit that they need', () => {
  expect([1e5, 3.88e7, 9.994e8, 1.25e10].map((bytes) => byteRate(bytes, 1))).toEqual([
    '0.1 MB/s',
    '38.8 MB/s',
    '999 MB/s',
    '12.50 GB/s',
  ]);
  expect([0.4242, 12.34, 185, 9600].map(duration)).toEqual(['0.42 s', '12.3 s', '3:05 min', '2:40 h']);
});
