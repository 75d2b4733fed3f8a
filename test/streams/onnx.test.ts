import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { float32Bits } from '../../src/core/bit_pattern';
import { initializers, Sampler } from '../../src/index';
import { philox4x32 } from '../../src/streams/philox';

const page = readFileSync(new URL('../../docs/streams/onnx.md', import.meta.url), 'utf8');

/** The cells of the rows of the page whose first cell is given. */
function row(first: string): string[] {
  const line = page.split('\n').find((one) => one.startsWith(`| ${first}`));
  expect(line, first).toBeDefined();
  return line!
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

const hex = (words: Iterable<number>): string =>
  [...words].map((word) => word.toString(16).padStart(8, '0')).join(' ');

function block(n: number): Uint32Array {
  const out = new Uint32Array(4);
  philox4x32(n, 0, 0, 0, 42, 0, out);
  return out;
}

describe('the page on ONNX', () => {
  it('has the words of the seed 42', () => {
    for (const n of [0, 1]) expect(row(String(n))[1]).toBe(hex(block(n)));
  });

  it.each([
    ['the upper 24 bits / 2^24', (w: number) => (w >>> 8) / 2 ** 24],
    ['the upper 23 bits / 2^23', (w: number) => (w >>> 9) / 2 ** 23],
    ['the lower 24 bits / 2^24', (w: number) => (w & 0xffffff) / 2 ** 24],
    ['the lower 23 bits / 2^23', (w: number) => (w & 0x7fffff) / 2 ** 23],
  ])('has the floats of %s', (rule, float) => {
    expect(row(rule)[2]).toBe(hex([...block(0)].map((w) => float32Bits(float(w)))));
  });

  it("has the floats of tensorseed's own uniforms", async () => {
    const sampler = await Sampler.create({ backend: 'cpu' });
    const uniform = initializers.randomUniform({ minval: 0, maxval: 1 });
    const tensor = await sampler.fill(uniform, [4], { seed: 42 });
    expect(row('w / 2^32')[2]).toBe(hex([...(await tensor.float32())].map(float32Bits)));
  });
});
