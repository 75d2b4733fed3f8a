import { existsSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TestRandom } from '../../support/random';
import { workspace } from '../tensorseed';
import { isTemporary, start } from './under_way';

const work = workspace();
const KILLS = 24;
/** Some of each kind, and enough that a run can be hit anywhere. */
const MODEL = JSON.stringify({
  tensors: [
    { name: 'a', shape: [2_000_000], initializer: 'truncated_normal' },
    { name: 'b', shape: [3000, 500], initializer: 'he_normal', dtype: 'bfloat16' },
    { name: 'c', shape: [100, 100], initializer: 'orthogonal' },
  ],
});
const INIT = ['init', 'm.json', '--seed', '7', '--backend', 'cpu', '--out'];

const temporaries = (): string[] => work.files().filter(isTemporary);

/**
 * Runs a command again and again, and kills it after a random time of up to one run's length. Then the
 * file is not there, or it is right.
 */
async function killAtRandom(words: string[], file: string, want: Buffer): Promise<void> {
  const random = new TestRandom();
  const path = join(work.folder, file);
  rmSync(path, { force: true });
  const begun = performance.now();
  expect((await start(work.folder, words).ending).code).toBe(0);
  const length = performance.now() - begun;
  let [killed, kept] = [0, 0];
  for (let run = 0; run < KILLS; run++) {
    rmSync(path, { force: true });
    const before = temporaries().length;
    const { child, ending } = start(work.folder, words);
    const signal = run % 2 === 0 ? 'SIGKILL' : 'SIGTERM';
    await pause(random.below(length));
    child.kill(signal);
    const ended = await ending;
    if (existsSync(path)) {
      kept++;
      expect(work.read(file).equals(want)).toBe(true);
    }
    if (ended.signal === null) expect([ended.code, existsSync(path)]).toEqual([0, true]);
    else killed++;
    // Only what nobody can clear away is left.
    if (signal === 'SIGTERM') expect(temporaries()).toHaveLength(before);
  }
  expect(killed).toBeGreaterThan(0);
  expect(kept).toBeLessThan(KILLS);
  const past = Date.now() / 1000 - 300;
  for (const temporary of temporaries()) utimesSync(join(work.folder, temporary), past, past);
  expect(work.run(...words).code).toBe(0);
  expect(work.read(file).equals(want)).toBe(true);
  expect(temporaries()).toEqual([]);
}

describe('a run that is killed at any moment leaves the right file or none, and the next one ends with it', () => {
  it('init', async () => {
    work.write('m.json', MODEL);
    expect(work.run(...INIT, 'w.safetensors').code).toBe(0);
    await killAtRandom([...INIT, 'm.safetensors'], 'm.safetensors', work.read('w.safetensors'));
  });

  it('join', async () => {
    work.write('m.json', MODEL);
    expect(work.run(...INIT, 'w.safetensors').code).toBe(0);
    for (const shard of ['1/2', '2/2'])
      expect(work.run(...INIT, 's.safetensors', '--shard', shard).code).toBe(0);
    const words = ['join', 's.safetensors.index.json', '--out', 'm.safetensors'];
    await killAtRandom(words, 'm.safetensors', work.read('w.safetensors'));
  });
});
