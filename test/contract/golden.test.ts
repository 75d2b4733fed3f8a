import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { fillBytes } from '../harness/request';
import { GOLDEN, goldenRequest, patterns, stretches, title } from './golden';

describe.each(['reference', 'fast'] as const)(
  'the golden values of the stream contract, on the CPU: %s',
  async (path) => {
    const cpu = await Sampler.create({ backend: 'cpu', cpu: path });

    it.each(GOLDEN.map((golden) => [title(golden), golden] as const))('%s', async (_, golden) => {
      for (const { start, values } of stretches(golden)) {
        const count = values.split(' ').length;
        expect(patterns(await fillBytes(cpu, goldenRequest(golden, start, count)), golden.dtype)).toBe(
          values,
        );
      }
    });
  },
);

describe('the implementation in Python, written from STREAM.md alone', () => {
  const script = fileURLToPath(new URL('./reference.py', import.meta.url));
  const python = findPython();

  it.skipIf(python === undefined).each(['./golden.json', '../../src/verify/checksums.json'])(
    `agrees with the golden values of %s${python === undefined ? ' [no python3 here]' : ''}`,
    (file) => {
      const golden = fileURLToPath(new URL(file, import.meta.url));
      const output = execFileSync(python!, [script, golden], { encoding: 'utf8' });
      expect(output.trim().split('\n').at(-1)).toMatch(/^[1-9]\d+ passed, 0 failed$/);
    },
  );
});

describe('what the contract refuses', () => {
  const refused = [
    [{ kind: 'constant', value: 65520 }, 'float16'],
    [{ kind: 'uniform', low: -3e38, high: 3e38 }, 'float16'],
    [{ kind: 'normal', mean: 0, stddev: 10000 }, 'float16'],
    [{ kind: 'truncated_normal', mean: 0, stddev: 40000, lower: -2, upper: 2 }, 'float16'],
    [{ kind: 'truncated_normal', mean: 0, stddev: 1, lower: 5, upper: 6 }, 'float32'],
    [{ kind: 'uniform', low: 1.001, high: 1.002 }, 'bfloat16'],
    [{ kind: 'uniform', low: 1, high: 0 }, 'float32'],
  ] as const;
  const python = findPython();
  const script = fileURLToPath(new URL('./reference.py', import.meta.url));

  it.each(refused)('%j in %s: here and in Python', async (draw, dtype) => {
    const cpu = await Sampler.create({ backend: 'cpu' });
    await expect(fillBytes(cpu, { initializer: { draw }, shape: [1], dtype, seed: '0' })).rejects.toThrow();
    if (python === undefined) return;
    const run = (): Buffer =>
      execFileSync(
        python,
        [script, 'sample', JSON.stringify(draw), '--dtype', dtype, '--seed', '0', '--count', '1'],
        { stdio: 'pipe' },
      );
    expect(run).toThrow(/refused: /);
  });
});

function findPython(): string | undefined {
  try {
    execFileSync('python3', ['--version']);
    return 'python3';
  } catch {
    return undefined;
  }
}
