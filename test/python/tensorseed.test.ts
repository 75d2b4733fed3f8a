import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { type Dtype, initializers, Sampler } from '../../src/index';
import { initModel, layers, Sequential } from '../../src/models';
import { findNumpy } from '../../tools/find.mjs';
import { driversRequired } from '../harness/target';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { path: python, reason } = findNumpy();
const without = python === undefined ? ` [skipped: ${reason}]` : '';

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Python in the root of the project. It writes no caches into the sources. */
function run(words: readonly string[], input = ''): Result {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: join(ROOT, 'python') };
  return spawnSync(python!, words, { cwd: ROOT, env, input, encoding: 'utf8' });
}

/** Runs tests of python/test_tensorseed.py. A warning is a failure. */
function runTests(name: string): Result {
  return run(['-W', 'error', '-m', 'unittest', 'python/test_tensorseed.py', '-k', `${name}.`]);
}

describe.skipIf(python === undefined)(`python/tensorseed.py${without}`, () => {
  it.each([
    'Golden',
    'Keys',
    'Reference',
    'Tensors',
    'Initializers',
    'Refusals',
    'Discrete',
    'CommandLine',
    'Docstrings',
  ])('passes its own tests: %s', (name) => {
    const { status, stderr } = runTests(name);
    expect(stderr).toMatch(/^Ran [1-9]\d* tests? in /m);
    expect(status, stderr).toBe(0);
  });

  it('has the version of the package', () => {
    const { stdout } = run(['-c', 'import tensorseed; print(tensorseed.__version__)']);
    expect(stdout.trim()).toBe(manifest.version);
  });

  it('gives the checksums of 2^24 elements', () => {
    const { status, stderr } = runTests('Checksums');
    expect(stderr).toMatch(/^Ran 1 test in /m);
    expect(status, stderr).toBe(0);
  }, 600_000);
});

interface Request {
  readonly initializer: string;
  readonly config: initializers.Config;
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly seed: string;
  readonly name?: string;
  readonly start?: number;
  readonly count?: number;
}

/** The SHA-256 of each tensor as Python computes it. */
function digestsOfPython(requests: readonly Request[]): readonly string[] {
  const { status, stdout, stderr } = run(['test/python/digests.py'], JSON.stringify(requests));
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as string[];
}

const sha256 = (bytes: ArrayBufferView | ArrayBuffer): string =>
  createHash('sha256')
    .update(new Uint8Array(ArrayBuffer.isView(bytes) ? bytes.buffer : bytes))
    .digest('hex');

const OF_FANS = [
  'he_normal',
  'he_uniform',
  'glorot_normal',
  'glorot_uniform',
  'lecun_normal',
  'lecun_uniform',
];

const CASES: readonly (readonly [
  initializer: string,
  shape: readonly number[],
  config?: initializers.Config,
])[] = [
  ...OF_FANS.flatMap((name) => [
    [name, [784, 128]] as const,
    [name, [3, 3, 5, 7]] as const,
    [name, []] as const,
  ]),
  ['he_uniform', [128, 6], { input_axes: [-1], output_axes: [0] }],
  ['HeNormal', [41], {}],
  ['random_normal', [33, 7], { mean: 0, stddev: 0.02 }],
  ['RandomNormal', [1001], { mean: -3, stddev: 0.1 }],
  ['normal', [5], { stddev: 0 }],
  ['random_uniform', [1001], {}],
  ['uniform', [1001], { minval: -1, maxval: 3.7 }],
  ['truncated_normal', [40_000], {}],
  ['truncated_normal', [1001], { mean: 1, stddev: 0.25, lower: 1.25, upper: null }],
  ['variance_scaling', [11, 13], { scale: 0.3, mode: 'fan_avg', distribution: 'untruncated_normal' }],
  ['variance_scaling', [11, 13], { scale: 7, mode: 'fan_out', distribution: 'Normal' }],
  ['variance_scaling', [11, 13], { distribution: 'uniform' }],
  ['variance_scaling', [11, 13], { mode: 'fan_geo_avg' }],
  ['zeros', [3]],
  ['ones', [3]],
  ['constant', [3], { value: -0.1 }],
  ['identity', [5, 3], { gain: 1.7 }],
];

describe.skipIf(python === undefined)(`Python and this package${without}`, async () => {
  const sampler = await Sampler.create({ backend: 'cpu' });

  async function expectSame(requests: readonly Request[]): Promise<void> {
    const own = await Promise.all(
      requests.map(async ({ initializer, config, shape, dtype, seed, name, start, count }) => {
        const range = start === undefined ? undefined : { start, count };
        const options = { seed: BigInt(seed), name, dtype, range };
        const tensor = await sampler.fill({ class_name: initializer, config }, shape, options);
        return sha256(await tensor.data());
      }),
    );
    const named = (digests: readonly string[]): string[] =>
      digests.map((digest, index) => `${JSON.stringify(requests[index])}: ${digest}`);
    expect(named(digestsOfPython(requests))).toEqual(named(own));
    expect(new Set(own).size).toBeGreaterThan(1);
  }

  it.each(['float32', 'float16', 'bfloat16'] as const)('fill the same %s tensors', async (dtype) => {
    const seeds = [
      { seed: '42', name: 'dense/kernel' },
      { seed: String(2n ** 64n - 1n), name: 'größe/重み' },
      { seed: '0' },
    ];
    const requests = CASES.flatMap(([initializer, shape, config = {}]) =>
      seeds.map((seed) => ({ initializer, shape, config, dtype, ...seed })),
    );
    await expectSame(requests);
  });

  it('fill the same discrete tensors', async () => {
    const cases: readonly (readonly [string, initializers.Config, readonly Dtype[]])[] = [
      ['bernoulli', { probability: 0.3 }, ['float32', 'float16', 'bfloat16', 'uint8', 'int32']],
      ['bernoulli', { probability: 0.3, packed: true }, ['uint32']],
      ['rademacher', {}, ['float32', 'bfloat16', 'int8', 'int32']],
      ['randint', { low: 5, high: 3_000_000_000 }, ['uint32']],
      ['randint', { low: -100, high: 100 }, ['int32', 'int8']],
      ['poisson', { rate: 3 }, ['int32', 'float32']],
      ['poisson', { rate: 1e6 }, ['uint32']],
      ['permutation', {}, ['uint32', 'int32']],
      ['permutation', { size: 2 ** 31 }, ['uint32']],
      ['permutation', { size: 2 ** 53 - 1, wide: true }, ['uint32']],
    ];
    await expectSame(
      cases.flatMap(([initializer, config, dtypes]) =>
        dtypes.map((dtype) => ({
          initializer,
          config,
          dtype,
          shape: [5002],
          seed: '42',
          start: 3,
          count: 4000,
        })),
      ),
    );
  });

  it('fill the same ranges, also beyond 2^32', async () => {
    const shape = [2 ** 20, 2 ** 30];
    const ranges = [0, 3, 2 ** 34 - 5, 2 ** 49 + 1].map((start) => ({ start, count: 1003 }));
    await expectSame([
      ...ranges.map((range) => ({
        initializer: 'bits',
        config: {},
        dtype: 'uint32' as const,
        shape,
        seed: '7',
        ...range,
      })),
      ...['random_normal', 'truncated_normal', 'random_uniform'].flatMap((initializer) =>
        ranges.map((range) => ({
          initializer,
          config: {},
          dtype: 'float32' as const,
          shape,
          seed: '7',
          ...range,
        })),
      ),
    ]);
  });

  it('fill the same model', async () => {
    const model = await initModel(new Sequential([layers.dense({ units: 64, inputShape: [30] })]), {
      seed: 42,
      backend: 'cpu',
    });
    const kernel = await model.tensors.get('dense/kernel')!.data();
    const request = { initializer: 'glorot_uniform', config: {}, shape: [30, 64], name: 'dense/kernel' };
    const [digest] = digestsOfPython([{ ...request, dtype: 'float32', seed: '42' }]);
    expect(digest).toBe(sha256(kernel));
  });
});

interface Block {
  readonly where: string;
  readonly code: string;
  /** The packages that it needs beside NumPy. */
  readonly packages: readonly string[];
}

/** The programs in Python on a page. Behind the language stand the packages that they need. */
function blocksOf(page: string): Block[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return Array.from(text.matchAll(/^```python(.*)\n([^]*?)^```$/gm), ({ 1: words, 2: code, index }) => ({
    where: `${page}:${text.slice(0, index).split('\n').length}`,
    code,
    packages: words.split(' ').filter(Boolean),
  }));
}

/** What a program says that it prints: the comments behind its calls of `print`. */
function promisedOutput(code: string): string {
  const comments = Array.from(code.matchAll(/^\s*print\(.*\) {2}# (.*)$/gm), ([, comment]) => comment);
  expect(code.match(/\bprint\(/g) ?? []).toHaveLength(comments.length);
  return comments.map((comment) => `${comment}\n`).join('');
}

describe.skipIf(python === undefined)(`the programs of docs/python.md${without}`, () => {
  const blocks = blocksOf('docs/python.md');
  const isThere = (name: string): boolean => run(['-c', `import ${name}`]).status === 0;
  const missing = new Set(
    python === undefined ? [] : blocks.flatMap(({ packages }) => packages).filter((name) => !isThere(name)),
  );

  it('are there', () => {
    expect(blocks.length).toBeGreaterThan(3);
  });

  describe.each(blocks)('$where', ({ code, packages }) => {
    const lacking = packages.filter((name) => missing.has(name));

    it('compiles', () => {
      const { status, stderr } = run(['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], code);
      expect(status, stderr).toBe(0);
    });

    it.skipIf(lacking.length > 0)(
      `prints what it says${lacking.length > 0 ? ` [skipped: no ${lacking.join(', ')} here]` : ''}`,
      () => {
        const { status, stdout, stderr } = run(['-'], code);
        expect(status, stderr).toBe(0);
        expect(stdout).toBe(promisedOutput(code));
      },
    );
  });
});

if (python === undefined && driversRequired()) {
  it('NumPy is required here', () => {
    throw new Error(`python/tensorseed.py cannot run: ${reason}`);
  });
}
