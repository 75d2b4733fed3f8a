import { expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { logArange } from './every';
import vectors from '../vectors/transformers/tables.json';

const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

function patternsOf(bits: string): Uint32Array {
  return Uint32Array.from(bits.match(/.{8}/g)!, (each) => Number.parseInt(each, 16));
}

async function patterns(shape: number[]): Promise<Uint32Array> {
  const { buffer } = (await (await cpu.fill('log_arange', shape)).data()) as Float32Array;
  return new Uint32Array(buffer);
}

/** Patterns of positive numbers are in the order of the numbers. */
function expectNear(own: Uint32Array, theirs: Uint32Array): void {
  expect(own).toHaveLength(theirs.length);
  for (const [i, pattern] of own.entries()) expect(Math.abs(pattern - theirs[i])).toBeLessThanOrEqual(1);
}

const { shape, A_log, upTo4096, exact } = vectors.logarithms;

it("is Mamba's A_log, to one unit in the last place", async () => {
  expectNear(await patterns(shape), patternsOf(A_log));
});

it('is the logarithm, rounded once, and within a unit of that of torch', async () => {
  const own = (await patterns([4096])).filter((_, i) => i % 13 === 0);
  expect(own).toEqual(patternsOf(exact));
  expectNear(own, patternsOf(upTo4096));
});

it('begins again in each row, wherever a range begins', async () => {
  const whole = await (await cpu.fill(logArange(), [2, 3, 5])).float32();
  for (const [i, value] of whole.entries()) expect(value).toBe(Math.fround(Math.log(1 + (i % 5))));
  const part = await cpu.fill(logArange(), [2, 3, 5], { range: { start: 7, count: 20 } });
  expect(await part.float32()).toEqual(whole.slice(7, 27));
});

it('takes every shape with an axis', async () => {
  expect(logArange().resolve([0, 5])).toEqual({ kind: 'log_arange', columns: 5 });
  expect((await (await cpu.fill('log_arange', [5, 0])).data()).length).toBe(0);
  expect(() => logArange().resolve([])).toThrow('LogArange needs a shape of rank 1 or more, got []');
  await expect(cpu.fill([{ initializer: 'log_arange', shape: [4] }], [4])).rejects.toThrow(
    'a part of a tensor cannot be filled by LogArange',
  );
});
