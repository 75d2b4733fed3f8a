import { describe, expect, it } from 'vitest';
import { elementsOf } from '../../../bench/throughput/case';
import { allCases } from '../../../bench/throughput/cases';
import { fillingsOf } from '../../../bench/throughput/tensors';

const full = allCases(false);
const byName = (name: string) => full.find((one) => one.name === name)!;

describe('the cases', () => {
  it('have names of their own', () => {
    for (const cases of [full, allCases(true)])
      expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  it('hold each entry once', () => {
    for (const { entries } of full)
      expect(new Set(entries.map((entry) => JSON.stringify(entry))).size).toBe(entries.length);
  });

  it('begin with both limits, of as many elements', () => {
    for (const { entries } of [...full, ...allCases(true)]) {
      expect(entries[0]).toMatchObject({ role: 'limit', maker: 'gpu', draw: 'constant' });
      expect(entries[1]).toMatchObject({ role: 'limit', maker: 'gpu', draw: 'bits' });
    }
  });

  it('cover every random draw at 65,536, 16 M and 256 M elements', () => {
    for (const [size, elements] of [
      ['small', 65536],
      ['16M', 16777216],
      ['256M', 268435456],
    ] as const) {
      for (const name of [
        `bits/uint32/${size}`,
        `uniform/float32/${size}`,
        `normal/float32/${size}`,
        `truncated_normal/float32/${size}`,
      ]) {
        expect(elementsOf(byName(name))).toBe(elements);
      }
    }
  });

  it('put every draw against the libraries that have it', () => {
    const peers = (name: string) =>
      byName(name)
        .entries.filter(({ role }) => role === 'peer')
        .map(({ maker }) => maker);
    expect(peers('bits/uint32/16M')).toEqual(['numpy']);
    expect(peers('uniform/float32/16M')).toEqual(['tfjs', 'jax', 'typegpu', 'Math.random', 'numpy', 'torch']);
    expect(peers('normal/float32/16M')).toEqual(['tfjs', 'jax', 'typegpu', 'Math.random', 'numpy', 'torch']);
    expect(peers('truncated_normal/float32/16M')).toEqual(['tfjs', 'torch']);
    expect(peers('exponential/float32/16M')).toEqual(['jax', 'typegpu']);
    expect(peers('laplace/float32/16M')).toEqual(['jax']);
    expect(peers('orthogonal/float32/512x512')).toEqual(['tfjs']);
  });

  it('compare the dtypes and the ways of dispatching', () => {
    expect(
      byName('normal/dtypes/16M')
        .entries.slice(2)
        .map(({ dtype }) => dtype),
    ).toEqual(['float32', 'float16', 'bfloat16']);
    expect(
      byName('normal/dispatch/16M')
        .entries.slice(2)
        .map(({ dispatch }) => dispatch),
    ).toEqual(['encode', 'fill', 'ranges']);
  });

  it("fill GPT-2's 148 tensors, none over another, beside one tensor of as many elements", () => {
    const model = byName('normal/float32/gpt2');
    expect(elementsOf(model)).toBe(124439808); // of the published 124M model
    const all = model.entries.find(({ dispatch }) => dispatch === 'all')!;
    const tensors = fillingsOf(all, model);
    expect(tensors).toHaveLength(148);
    expect(tensors.reduce((sum, { count }) => sum + count, 0)).toBe(124439808);
    let end = 0;
    for (const { byteOffset, count } of tensors) {
      expect(byteOffset).toBeGreaterThanOrEqual(end);
      expect(byteOffset % 256).toBe(0);
      end = byteOffset + 4 * count;
    }
  });
});
