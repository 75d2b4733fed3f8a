import { describe, expect, it } from 'vitest';
import { type DiracOptions, get, dirac } from './every';
import { product } from '../../src/core/shape';
import { Sampler } from '../../src/index';

const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

/**
 * What torch does to a tensor [outputs, inputs, ...window] of zeros: tensor[g p + d, d, centre] = 1.
 * @see pytorch, torch/nn/init.py, dirac_
 */
function ofTorch(outputs: number, inputs: number, window: readonly number[], groups: number): number[] {
  const shape = [outputs, inputs, ...window];
  const tensor = Array<number>(product(shape)).fill(0);
  const perGroup = outputs / groups;
  for (let g = 0; g < groups; g++) {
    for (let d = 0; d < Math.min(perGroup, inputs); d++) {
      const at = [g * perGroup + d, d, ...window.map((side) => Math.floor(side / 2))];
      tensor[at.reduce((index, each, axis) => index * shape[axis] + each, 0)] = 1;
    }
  }
  return tensor;
}

/** The same numbers as [...window, inputs, outputs]. */
function inKerasLayout(values: readonly number[], outputs: number, inputs: number): number[] {
  const elements = values.length / outputs / inputs;
  return values.map((_, i) => {
    const output = i % outputs;
    const input = Math.floor(i / outputs) % inputs;
    return values[(output * inputs + input) * elements + Math.floor(i / outputs / inputs)];
  });
}

const CASES: [number, number, number[], number][] = [
  [4, 4, [3], 1],
  [2, 5, [4], 1],
  [5, 2, [3, 3], 1],
  [6, 3, [2, 3], 2],
  [6, 2, [3, 5], 3],
  [6, 6, [1, 2, 3], 3],
  [8, 1, [3, 3], 8],
  [8, 3, [3, 3, 3], 4],
  [4, 9, [1], 2],
  [1, 1, [1], 1],
];

describe.each(CASES)('%i outputs of %i inputs, window %j, %i groups', (outputs, inputs, window, groups) => {
  const torch = ofTorch(outputs, inputs, window, groups);
  const layouts: [DiracOptions['layout'], number[], number[]][] = [
    ['torch', [outputs, inputs, ...window], torch],
    ['keras', [...window, inputs, outputs], inKerasLayout(torch, outputs, inputs)],
  ];
  it.each(layouts)(
    'are the ones of torch in the layout %s, whole and in ranges',
    async (layout, shape, expected) => {
      const initializer = dirac({ groups, layout });
      const tensor = await cpu.fill(initializer, shape);
      expect([...(await tensor.float32())]).toEqual(expected);
      for (const [start, count] of [
        [1, expected.length - 1],
        [Math.floor(expected.length / 3), Math.ceil(expected.length / 3)],
      ]) {
        const range = await cpu.fill(initializer, shape, { range: { start, count } });
        expect([...(await range.float32())]).toEqual(expected.slice(start, start + count));
      }
    },
  );
});

it('dirac_ has the layout of torch', () => {
  expect(get('dirac_').getConfig()).toEqual({ groups: 1, layout: 'torch' });
  expect(get({ class_name: 'dirac_', config: { groups: 2 } }).getConfig()).toEqual({
    groups: 2,
    layout: 'torch',
  });
});

it.each([
  [{}, [3, 3], 'Dirac needs a shape of rank 3, 4 or 5, got [3,3] of rank 2'],
  [{}, [1, 1, 1, 1, 2, 2], 'Dirac needs a shape of rank 3, 4 or 5, got [1,1,1,1,2,2] of rank 6'],
  [{ groups: 2 }, [4, 4, 5], 'groups must divide the number of outputs, shape[2] = 5, got 2'],
  [
    { groups: 2, layout: 'torch' },
    [5, 4, 4],
    'groups must divide the number of outputs, shape[0] = 5, got 2',
  ],
] as const)('%j does not fit %j', (options, shape, message) => {
  expect(() => dirac(options).resolve(shape)).toThrow(message);
});

it.each([[0], [1.5], ['2'], [NaN]])('groups is no %j', (groups) => {
  expect(() => dirac({ groups: groups as number })).toThrow(
    /^groups must be an integer in \[1, 9007199254740991\], got /,
  );
});

it('empty tensors of any sizes have no ones', async () => {
  const huge = Number.MAX_SAFE_INTEGER;
  for (const shape of [
    [0, 3, 3],
    [3, 3, 0],
    [3, 0, huge, huge, huge],
  ])
    expect((await cpu.fill('dirac', shape)).byteLength).toBe(0);
});

it('fills halves, and is no part of another tensor', async () => {
  const half = await cpu.fill('dirac', [1, 1, 2], { dtype: 'bfloat16' });
  expect(await half.data()).toEqual(Uint16Array.of(0x3f80, 0));
  await expect(cpu.fill([{ initializer: 'dirac', shape: [1, 1, 2] }], [2])).rejects.toThrow(
    'cannot be filled by Dirac',
  );
});

it('a group in the layout of torch is shorter than 2^31 elements', async () => {
  const far = { range: { start: 0, count: 1 } };
  const filled = cpu.fill(dirac({ groups: 2, layout: 'torch' }), [2 ** 16, 2 ** 16, 1], far);
  await expect(filled).rejects.toThrow('must be below 2^31 elements, got 2147483648');
  await cpu.fill(dirac({ groups: 2 }), [1, 2 ** 16, 2 ** 16], far);
});
