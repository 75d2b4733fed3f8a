import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FULL_SIZES, itemsOf, PARTS, type PartName } from '../../../bench/gpu/items';
import { KERNELS } from '../../../bench/gpu/kernels';
import { DTYPES } from '../../../src/core/dtype';
import { elementCount } from '../../../src/core/shape';
import { ArgumentError, type Dtype, Sampler } from '../../../src/index';
import { MACHINE_CASES } from '../../../src/verify/machine/cases';

/** With the code of all draws. */
async function reference(): Promise<Sampler> {
  const sampler = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  await sampler.load();
  return sampler;
}

const parts = PARTS.map(({ name }) => name).filter(
  (name): name is Exclude<PartName, 'frameworks'> => name !== 'frameworks',
);

describe('the items of bench --gpu', () => {
  it('have names of their own', () => {
    for (const part of parts.filter((name) => name !== 'contract')) {
      const names = itemsOf(part, FULL_SIZES).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('are every case of the contract', () => {
    expect(itemsOf('contract', FULL_SIZES)).toHaveLength(MACHINE_CASES.length);
  });

  it('use every kernel of the library but that of orthogonal matrices, which is a part of its own', async () => {
    const sampler = await reference();
    const used = new Set(
      Object.values(KERNELS).flatMap(({ initializer, dtypes, maths, shape }) =>
        dtypes.flatMap((dtype) =>
          maths.map((math) => {
            const { stretches } = sampler.check(initializer(), shape(16), { seed: 42, dtype, math });
            return stretches[0].params.kernel as string;
          }),
        ),
      ),
    );
    const folder = new URL('../../../shaders/kernels/', import.meta.url);
    const kernels = readdirSync(folder).map((file) => file.replace('.wgsl', ''));
    expect([...used, 'orthogonal'].sort()).toEqual(kernels.sort());
  });

  it('have every dtype that a draw takes', async () => {
    const sampler = await reference();
    const measured = new Map<string, Set<Dtype>>();
    const taken = new Map<string, Set<Dtype>>();
    const add = (to: Map<string, Set<Dtype>>, kind: string, dtype: Dtype): void =>
      void to.set(kind, (to.get(kind) ?? new Set()).add(dtype));
    for (const { initializer, dtypes, shape } of Object.values(KERNELS)) {
      const draw = initializer();
      const { kind } = draw.resolve(shape(12));
      for (const dtype of dtypes) add(measured, kind, dtype);
      for (const dtype of DTYPES) {
        try {
          sampler.check(draw, shape(12), { seed: 42, dtype });
          add(taken, kind, dtype);
        } catch (error) {
          expect(error).toBeInstanceOf(ArgumentError);
        }
      }
    }
    const sorted = (all: Map<string, Set<Dtype>>) =>
      [...all].map(([kind, dtypes]) => [kind, [...dtypes].sort()]);
    expect(sorted(measured)).toEqual(sorted(taken));
  });

  it('have as many elements as they say, at every size', () => {
    for (const { shape } of Object.values(KERNELS))
      for (const log2 of [12, 18, 24, 28, 13]) expect(elementCount(shape(log2))).toBe(2 ** log2);
  });

  it('have every draw in float32, or its own first dtype, at the large size, and the main ones in 16 bits', () => {
    const names = itemsOf('large', FULL_SIZES).map(({ name }) => name);
    for (const [kernel, { dtypes }] of Object.entries(KERNELS))
      expect(names).toContain(`${kernel} ${dtypes[0]} 2^28`);
    expect(names).toEqual(expect.arrayContaining(['normal bfloat16 2^28', 'normal native float16 2^28']));
  });
});
