import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackInto } from '../support/packed';
import { type Bundle, bundle } from './bundle_size';

const KB = 1000;
const { peerDependencies } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { peerDependencies: Record<string, string> };
const PEERS = Object.keys(peerDependencies).flatMap((name) => [name, `${name}/*`]);

const normal = (initializer: string): string =>
  `const sampler = await Sampler.create(); export const tensor = await sampler.fill(${initializer}, [10], { seed: 1 });`;

/** The budgets that docs/performance.md names. They leave some room above what was measured. */
describe('the sizes with gzip, minified by esbuild', () => {
  let folder = '';
  let sampler: Bundle;
  const sizeOf = async (program: string): Promise<Bundle> => bundle(program, folder, PEERS);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tensorseed-sizes-'));
    unpackInto(folder);
    sampler = await sizeOf(`import { Sampler } from 'tensorseed'; ${normal("'random_normal'")}`);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('Sampler and a normal by name: 20 kB', () => {
    expect(sampler.initial).toBeLessThan(20 * KB);
  });

  it('an initializer by its function: less than 1 kB more', async () => {
    const { initial } = await sizeOf(
      `import { initializers, Sampler } from 'tensorseed'; ${normal('initializers.heNormal()')}`,
    );
    expect(initial - sampler.initial).toBeLessThan(1 * KB);
  });

  it.each([
    ['a GPU', ['code'], 37],
    ['the CPU, in plain TypeScript', ['open'], 25],
    ['the CPU, with WebAssembly', ['open', 'fast', 'assembly'], 31],
    ['the CPU, with WebAssembly and threads', ['open', 'fast', 'assembly', 'threads'], 35],
  ])('all that a normal loads on %s', (_, parts, budget) => {
    expect(sampler.with(...parts)).toBeGreaterThan(sampler.initial);
    expect(sampler.with(...parts)).toBeLessThan(budget * KB);
  });

  it.each([
    ['jax', 43],
    ['torch', 36],
    ['tensorflow', 36],
    ['numpy', 39],
    ['kerasJax', 42],
  ])('Sampler and a normal of the stream %s at first', async (stream, budget) => {
    const { initial } = await sizeOf(
      `import { Sampler } from 'tensorseed'; import { ${stream} } from 'tensorseed/streams'; const sampler = await Sampler.create(); export const tensor = await sampler.fill('random_normal', [10], { seed: 1, stream: ${stream} });`,
    );
    expect(initial).toBeLessThan(budget * KB);
  });

  it.each([
    ['tensorseed', 21],
    ['tensorseed/distributions', 25],
    ['tensorseed/models', 100],
    ['tensorseed/operations', 24],
    ['tensorseed/shaders', 23],
    ['tensorseed/jax', 22],
    ['tensorseed/ort', 22],
    ['tensorseed/tfjs', 50],
    ['tensorseed/tfjs-ops', 80],
    ['tensorseed/typegpu', 23],
    ['tensorseed/typegpu-functions', 8],
  ])('all of %s at first', async (entry, budget) => {
    const { initial } = await sizeOf(`export * from '${entry}';`);
    expect(initial).toBeLessThan(budget * KB);
  });
});
