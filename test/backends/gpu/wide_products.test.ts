import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDevice } from '../../../src/backends/gpu/device/device';
import { codeFor, withWideProducts } from '../../../src/backends/gpu/device/wide_products';
import { loadShaders, shaderOf } from '../../../src/backends/gpu/pipelines/loaded_shaders';

const GPU_INFO = { vendor: '4318', architecture: '', device: '', description: 'a GPU' };
const LAVAPIPE = { ...GPU_INFO, description: 'llvmpipe (LLVM 15.0.6, 256 bits)' };
const FEATURE = 'wgpu-shader-int64';

/** The functions that make products of halves. */
const PRODUCTS = ['mul_hi', 'mul_hi_sticky', 'mul_hi_sticky_31', 'times_m0', 'times_m1_complement'];

await loadShaders();
const { body } = shaderOf('uniform');

describe('products of 64 bits', () => {
  it.each(['bits', 'uniform', 'normal', 'truncated_normal', 'gamma', 'bernoulli'] as const)(
    'take the place of all products of halves in %s',
    (kernel) => {
      for (const code of Object.values(shaderOf(kernel))) {
        const wide = withWideProducts(code);
        const bodies = (text: string): [string, string][] =>
          Array.from(text.matchAll(/fn (\w+)\(([^}]*)\}/g), ([, name, body]) => [name, body]);
        const before = bodies(code);
        expect(before.map(([name]) => name)).toEqual(bodies(wide).map(([name]) => name));
        const products = bodies(wide).filter(([, body]) => body.includes('u64'));
        expect(products.map(([name]) => name)).toEqual(
          before.map(([name]) => name).filter((name) => PRODUCTS.includes(name)),
        );
        expect(products.length).toBeGreaterThan(1);
        expect(wide.length).toBeLessThan(code.length);
      }
    },
  );

  it('are for devices that have them and are no software drivers', () => {
    const deviceOf = (features: string[], adapterInfo?: object): GPUDevice =>
      ({ features: new Set(features), adapterInfo }) as unknown as GPUDevice;
    expect(codeFor(deviceOf([FEATURE], GPU_INFO), body)).toBe(withWideProducts(body));
    expect(codeFor(deviceOf([FEATURE]), body)).toBe(withWideProducts(body));
    expect(codeFor(deviceOf([FEATURE], LAVAPIPE), body)).toBe(body);
    expect(codeFor(deviceOf(['shader-f16'], GPU_INFO), body)).toBe(body);
  });
});

describe('a device that the library opens', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** The features that are asked for, time after time, of an adapter that refuses some. */
  async function asked(info: object, refused: readonly string[], inDeno: boolean): Promise<string[][]> {
    const requests: string[][] = [];
    const adapter = {
      info,
      limits: {},
      features: new Set(['timestamp-query']),
      async requestDevice({ requiredFeatures }: { requiredFeatures: string[] }) {
        requests.push(requiredFeatures);
        if (requiredFeatures.some((feature) => refused.includes(feature)))
          throw new TypeError('requiredFeatures must be a subset of the adapter features');
        return {};
      },
    };
    vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => adapter } });
    if (inDeno) vi.stubGlobal('Deno', {});
    await openDevice(() => true, ['timestamp-query']);
    return requests;
  }

  it('asks for them in Deno alone, where it is no software driver', async () => {
    expect(await asked(GPU_INFO, [], true)).toEqual([['timestamp-query', FEATURE]]);
    expect(await asked(LAVAPIPE, [], true)).toEqual([['timestamp-query']]);
    vi.unstubAllGlobals();
    expect(await asked(GPU_INFO, [], false)).toEqual([['timestamp-query']]);
  });

  it('does without them where they are refused', async () => {
    expect(await asked(GPU_INFO, [FEATURE], true)).toEqual([
      ['timestamp-query', FEATURE],
      ['timestamp-query'],
    ]);
    await expect(asked(GPU_INFO, ['timestamp-query'], true)).rejects.toThrow('gives no device');
  });
});
