import { describe, expect, it } from 'vitest';
import type { Affine } from '../../../src/arithmetic/affine_map';
import { affine } from '../../../src/arithmetic/affine_step';
import { doublesOf } from '../../../src/backends/cpu/wasm/doubles';
import { compiledKernels } from '../../support/kernels';
import { TestRandom } from '../../support/random';

const { exports } = await WebAssembly.instantiate((await compiledKernels()).module);
const kernels = exports as unknown as {
  memory: WebAssembly.Memory;
  SCRATCH: WebAssembly.Global;
  setAffine(...integers: number[]): void;
  affine(count: number, shift: number, offset: number, scale: number, small: number, slack: number): void;
};

/** What the kernel makes of x, and what the reference does. */
function both(map: Affine, x: number): { got: number; want: number } {
  const { offset, scale, small, slack } = doublesOf(map, 2 ** 32);
  new Int32Array(kernels.memory.buffer, kernels.SCRATCH.value as number, 4).fill(x);
  kernels.setAffine(...map.offset, ...map.scale, map.exponent);
  kernels.affine(4, 0, offset, scale, small, slack);
  const lanes = new Uint32Array(kernels.memory.buffer, kernels.SCRATCH.value as number, 4);
  expect(new Set(lanes).size).toBe(1);
  return { got: lanes[0], want: affine(map, x < 0, Math.abs(x)) };
}

/** What rounding a double on to float32 would give without a second thought. */
function naive(map: Affine, x: number): number {
  const { offset, scale } = doublesOf(map, 2 ** 32);
  return new Uint32Array(Float32Array.of(offset + scale * x).buffer)[0];
}

function words(value: bigint): [number, number, number] {
  const word = (index: bigint): number => Number(BigInt.asUintN(32, value >> (32n * index)));
  return [word(0n), word(1n), word(2n)];
}

/** An odd number of 24 bits. */
function oddScale(random: TestRandom): bigint {
  return BigInt(2 ** 23 + random.below(2 ** 22) * 2 + 1);
}

/** Newton's iteration: s times this is 1 modulo 2^32. */
function inverse(s: bigint): bigint {
  let inverse = s;
  for (let i = 0; i < 5; i++) inverse = BigInt.asUintN(32, inverse * (2n - s * inverse));
  return inverse;
}

describe('the affine step in doubles, where they mislead', () => {
  it('is exact without an offset, a unit beside the middle of two float32 numbers', () => {
    const random = new TestRandom();
    let misled = 0;
    let tried = 0;
    while (tried < 2000) {
      // s x has 55 bits, 31 of them beyond a float32's, which are to be 2^30 + or - 1.
      const s = oddScale(random);
      const beside = random.below(2) === 0 ? 1n : -1n;
      const x = Number(BigInt.asUintN(31, (2n ** 30n + beside) * inverse(s)));
      if ((s * BigInt(x)).toString(2).length !== 55) continue;
      tried++;
      const map: Affine = { offsetBits: 0, offset: [0, 0, 0], scale: [Number(s), 0], exponent: -50 };
      const signed = random.below(2) === 0 ? x : -x;
      const { got, want } = both(map, signed);
      expect(got).toBe(want);
      if (naive(map, signed) !== want) misled++;
    }
    expect(misled).toBeGreaterThan(500);
  });

  it.each([61, 55, 45, 33, 25, 20, 1])('is exact with an offset of 64 bits and a sum of %i bits', (bits) => {
    const random = new TestRandom();
    let misled = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const s = BigInt(random.word());
      const x = random.word() | 0;
      const mantissa = BigInt(2 ** 24 + random.below(2 ** 23) * 2 + 1); // 25 bits, the last one set: a middle
      const middle = bits > 25 ? mantissa << BigInt(bits - 25) : mantissa >> BigInt(25 - bits);
      const beside = BigInt(random.below(65) - 32);
      const sum = (random.below(2) === 0 ? 1n : -1n) * (middle + beside);
      const map: Affine = {
        offsetBits: 64,
        offset: words(sum - s * BigInt(x)),
        scale: [Number(s), 0],
        exponent: -70,
      };
      const { got, want } = both(map, x);
      expect(got).toBe(want);
      if (naive(map, x) !== want) misled++;
    }
    if (bits === 61) expect(misled).toBeGreaterThan(300);
  });

  it('is exact with 96 bits, and where results are subnormal', () => {
    const random = new TestRandom();
    for (let trial = 0; trial < 4000; trial++) {
      const s = (BigInt(random.word() >>> random.below(32)) << 32n) | BigInt(random.word());
      const offset =
        BigInt.asIntN(
          94,
          (BigInt(random.word()) << 64n) | (BigInt(random.word()) << 32n) | BigInt(random.word()),
        ) >> BigInt(random.below(94));
      const [lo, hi] = words(s >> 1n);
      const map: Affine = {
        offsetBits: 96,
        offset: words(offset),
        scale: [lo, hi],
        exponent: -120 - random.below(120),
      };
      const { got, want } = both(map, random.edgeWord() | 0);
      expect(got).toBe(want);
    }
  });
});
