import { expect, it } from 'vitest';
import { affineMap } from '../../src/arithmetic/affine_map';
import { affine, multiple } from '../../src/arithmetic/affine_step';
import { boxMuller } from '../../src/arithmetic/box_muller';
import { gridOf, permute } from '../../src/arithmetic/permutation';
import { exp2Digits } from '../../src/arithmetic/exp2';
import { float32ToBfloat16, float32ToFloat16, roundToFloat32 } from '../../src/arithmetic/float';
import { addFloats, multiplyFloats } from '../../src/arithmetic/float_arithmetic';
import { minusLogDigits, minusLogFixed } from '../../src/arithmetic/log';
import { mulHi } from '../../src/arithmetic/mul';
import { describeGpu } from '../harness/describe';
import { linkTestKernel } from '../harness/link';
import { TestRandom } from '../support/random';
import { PHILOX_KNOWN_ANSWERS } from '../vectors/philox';

/**
 * A kernel that maps each `inputs` words of the input to `outputs` words: `body` sees them as x[0], x[1], … and
 * sets y.
 */
function kernel(imports: string, inputs: number, outputs: number, body: string): string {
  return `${imports}
@group(0) @binding(0) var<storage, read_write> output: array<u32>;
@group(0) @binding(1) var<storage, read_write> input: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let from_word = ${inputs}u * id.x;
  if (from_word >= arrayLength(&input)) { return; }
  var x: array<u32, ${inputs}>;
  for (var k = 0u; k < ${inputs}u; k++) { x[k] = input[from_word + k]; }
  var y: array<u32, ${outputs}>;
  ${body}
  for (var k = 0u; k < ${outputs}u; k++) { output[${outputs}u * id.x + k] = y[k]; }
}`;
}

describeGpu('shader functions and their twins', (runner) => {
  /**
   * Runs the kernel on rows of input words, with shifts as they are and through floats and with both ways to round
   * a product, and compares each row of output words with the twin's.
   */
  async function compare(
    code: string,
    rows: readonly number[][],
    twin: (row: number[]) => number[],
    offsetBits = 64,
  ): Promise<void> {
    const expected = rows.map((row) => twin(row).map((word) => word >>> 0));
    const linked = (await linkTestKernel(code)).replace(
      'override OFFSET_BITS: u32 = 64u;',
      `override OFFSET_BITS: u32 = ${offsetBits}u;`,
    );
    const set = (...names: string[]): string =>
      names.reduce(
        (code, name) => code.replace(`override ${name}: bool = false;`, `override ${name}: bool = true;`),
        linked,
      );
    const variants = new Map([
      [set('FLOAT_SHIFTS', 'FLOAT_ROUNDING'), ', with FLOAT_SHIFTS and FLOAT_ROUNDING,'],
      [set('FLOAT_SHIFTS'), ', with FLOAT_SHIFTS,'],
      [set('FLOAT_ROUNDING'), ', with FLOAT_ROUNDING,'],
      [linked, ''],
    ]);
    for (const [variant, way] of variants) {
      const words = await runner().compute({
        code: variant,
        input: rows.flat(),
        outputWords: expected.length * expected[0].length,
        workgroups: Math.ceil(rows.length / 64),
      });
      const width = expected[0].length;
      const wrong = expected.findIndex((row, i) => row.some((word, k) => word !== words[width * i + k]));
      if (wrong >= 0) {
        const hex = (row: Iterable<number>): string => Array.from(row, (word) => word.toString(16)).join(' ');
        const got = words.subarray(width * wrong, width * wrong + width);
        expect.fail(
          `row ${wrong} of ${rows.length}: ${hex(rows[wrong])} gives${way} ${hex(got)}, the twin ${hex(expected[wrong])}`,
        );
      }
    }
  }

  const random = new TestRandom(23);
  const rows = (count: number, width: number): number[][] =>
    Array.from({ length: count }, () => Array.from({ length: width }, () => random.edgeWord()));

  it('philox4x32 gives every published known answer', async () => {
    const code = kernel(
      'import package::shared::philox::philox4x32;',
      6,
      4,
      `
      let words = philox4x32(vec4<u32>(x[0], x[1], x[2], x[3]), vec2<u32>(x[4], x[5]));
      for (var k = 0u; k < 4u; k++) { y[k] = words[k]; }`,
    );
    const inputs = PHILOX_KNOWN_ANSWERS.map(({ counter, key }) => [...counter, ...key]);
    const words = await runner().compute({
      code: await linkTestKernel(code),
      input: inputs.flat(),
      outputWords: 4 * inputs.length,
      workgroups: 1,
    });
    expect([...words]).toEqual(PHILOX_KNOWN_ANSWERS.flatMap((answer) => answer.words));
  });

  it('shr, shr2, shr4 and sar2, by as much as they allow', async () => {
    const code = kernel(
      'import package::shared::shift::{shr, shr2, shr4, sar2};',
      2,
      97,
      `
      for (var n = 10u; n < 32u; n++) {
        let pair = shr2(vec2(x[0], x[1]), n);
        y[n - 10u] = shr(x[0], n);
        y[n + 12u] = pair.x - pair.y;
        let four = shr4(vec4(x[0], x[1], x[1], x[0]), n);
        y[n + 65u] = four.x + 3u * four.y + 5u * four.z + 7u * four.w;
      }
      // |x| < 2^(22 + n)
      for (var n = 1u; n < 32u; n++) {
        let pair = sar2(vec2<i32>(vec2(x[0], x[1])) >> vec2(max(9u, n) - n), n);
        y[n + 43u] = u32(pair.x - pair.y);
      }`,
    );
    await compare(code, rows(20_000, 2), ([a, b]) => [
      ...Array.from({ length: 22 }, (_, i) => a >>> (i + 10)),
      ...Array.from({ length: 22 }, (_, i) => (a >>> (i + 10)) - (b >>> (i + 10))),
      ...Array.from({ length: 31 }, (_, i) => (a >> Math.max(9, i + 1)) - (b >> Math.max(9, i + 1))),
      ...Array.from({ length: 22 }, (_, i) => 8 * (a >>> (i + 10)) + 8 * (b >>> (i + 10))),
    ]);
  });

  it('mul_hi', async () => {
    const code = kernel('import package::shared::mul::mul_hi;', 2, 1, 'y[0] = mul_hi(x[0], x[1]);');
    await compare(code, rows(50_000, 2), ([a, b]) => [mulHi(a, b)]);
    expect(mulHi(0xffffffff, 0xffffffff)).toBe(0xfffffffe);
    expect(mulHi(0x0001ffff, 0xffff0001)).toBe(Number((0x1ffffn * 0xffff0001n) >> 32n));
  });

  it('mul_hi_sticky, and mul_hi_sticky_31 below 2^31', async () => {
    const code = kernel(
      'import package::shared::mul::{mul_hi_sticky, mul_hi_sticky_31};',
      2,
      4,
      `
      let p = mul_hi_sticky(x[0], x[1]);
      let q = mul_hi_sticky_31(x[0] >> 1u, x[1] >> 1u);
      y[0] = p.x; y[1] = u32(p.y != 0u); y[2] = q.x; y[3] = u32(q.y != 0u);`,
    );
    const inputs = [...rows(50_000, 2), [0, 5], [0x10000, 0x10000], [0x20000, 0x20000], [0x80000000, 2]];
    await compare(code, inputs, ([a, b]) =>
      [
        [a, b],
        [a >>> 1, b >>> 1],
      ].flatMap(([c, d]) => [mulHi(c, d), Math.imul(c, d) === 0 ? 0 : 1]),
    );
  });

  it('exponent_of, and exponent_of_31 below 2^31', async () => {
    const code = kernel(
      'import package::shared::leading_zeros::{exponent_of, exponent_of_31};',
      1,
      2,
      'y[0] = exponent_of(x[0]); y[1] = exponent_of_31(x[0] >> 1u);',
    );
    const powers = Array.from({ length: 32 }, (_, i) => 2 ** i);
    const inputs = [
      0,
      ...powers.flatMap((power) => [power - 1, power, 2 * power - 1]),
      ...rows(2000, 1).flat(),
    ];
    const exponent = (x: number): number => (x === 0 ? 0 : 158 - Math.clz32(x));
    await compare(
      code,
      inputs.map((x) => [x]),
      ([x]) => [exponent(x), exponent(x >>> 1)],
    );
  });

  it('mul_hi4', async () => {
    const code = kernel(
      'import package::shared::mul::mul_hi4;',
      5,
      4,
      `
      let products = mul_hi4(vec4(x[0], x[1], x[2], x[3]), x[4]);
      for (var k = 0u; k < 4u; k++) { y[k] = products[k]; }`,
    );
    await compare(code, rows(20_000, 5), ([a, b, c, d, factor]) => [a, b, c, d].map((x) => mulHi(x, factor)));
  });

  it('permute, of any size up to 2^53', async () => {
    const code = kernel(
      'import package::shared::permutation::{Grid, Places, permute};',
      16,
      8,
      `
      let words = vec4(x[0], x[1], x[2], x[3]);
      let elements = Places(vec4(x[4], x[5], x[6], x[7]), vec4(x[8], x[9], x[10], x[11]));
      let places = permute(Grid(x[12], x[13], x[14], x[15]), words, elements);
      for (var k = 0u; k < 4u; k++) { y[k] = places.lo[k]; y[k + 4u] = places.hi[k]; }`,
    );
    const sizes = [
      1,
      2,
      3,
      4,
      5,
      9,
      17,
      100,
      65_537,
      10 ** 6,
      2 ** 32 - 1,
      2 ** 32 + 1,
      2 ** 53 - 1,
      2 ** 53,
    ];
    const indexOf = ([lo, hi]: readonly number[]): number => hi * 2 ** 32 + lo;
    const inputs = rows(10_000, 4).map((words, i) => {
      const size = sizes[i % sizes.length];
      const indices = Array.from({ length: 4 }, () =>
        random.below(8) === 0 ? size - 1 : Math.floor((random.word() / 2 ** 32) * size),
      );
      const { columnBits, rowLast, columnLast, pairs } = gridOf(size);
      return [
        ...words,
        ...indices.map((index) => index >>> 0),
        ...indices.map((index) => Math.floor(index / 2 ** 32)),
        columnBits,
        rowLast,
        columnLast,
        pairs,
      ];
    });
    await compare(code, inputs, (row) => {
      const [columnBits, rowLast, columnLast, pairs] = row.slice(12);
      const places = [0, 1, 2, 3].map((lane) =>
        permute({ columnBits, rowLast, columnLast, pairs }, row, indexOf([row[4 + lane], row[8 + lane]])),
      );
      return [...places, ...places.map((place) => Math.floor(place / 2 ** 32))];
    });
  });

  it('round_to_float32, at normal and subnormal exponents', async () => {
    const code = kernel(
      'import package::shared::float::round_to_float32;',
      4,
      1,
      'y[0] = round_to_float32((x[0] & 1u) == 1u, x[1], x[2], bitcast<i32>(x[3]));',
    );
    const exponents = [-60, -32, 0, 20, -126, -149, -170, -181, -190, -212, -213, -214];
    const inputs = rows(50_000, 3).map((row, i) => [...row, exponents[i % exponents.length] >>> 0]);
    inputs.forEach((row, i) => {
      if (i % 5 === 0) row[1] = 0;
    });
    await compare(code, inputs, ([sign, hi, lo, exponent]) => [
      roundToFloat32((sign & 1) === 1, hi, lo, exponent | 0),
    ]);
  });

  it('float32 to float16 and bfloat16', async () => {
    const code = kernel(
      'import package::shared::float::float32_to_float16;\nimport package::shared::float::float32_to_bfloat16;',
      1,
      2,
      'y[0] = float32_to_float16(x[0]); y[1] = float32_to_bfloat16(x[0]);',
    );
    const finite = Array.from({ length: 100_000 }, () => [random.word()]).filter(
      ([bits]) => (bits & 0x7f800000) !== 0x7f800000,
    );
    await compare(code, finite, ([bits]) => [float32ToFloat16(bits), float32ToBfloat16(bits)]);
  });

  it('add_floats and multiply_floats, of numbers near and far, subnormal, infinite and none', async () => {
    const code = kernel(
      'import package::shared::float_arithmetic::{add_floats, multiply_floats};',
      2,
      2,
      'y[0] = add_floats(x[0], x[1]); y[1] = multiply_floats(x[0], x[1]);',
    );
    const finite = (bits: number): number =>
      (bits & 0x7f800000) === 0x7f800000 ? (bits & 0xbfffffff) >>> 0 : bits;
    const inputs = rows(60_000, 2).map(([a, b], i) => {
      // Every third pair has exponents that are alike, and of these some cancel.
      const near =
        (a & 0xff800000) ^ ((b & 7) << 23) ^ ((b & 8) << 28) ^ (i % 2 === 0 ? a & 0x7fffff : b >>> 9);
      return [a, finite(i % 3 === 0 ? near >>> 0 : b)];
    });
    const special = [
      0, 0x80000000, 1, 0x80000001, 0x7fffff, 0x800000, 0x7f7fffff, 0xff7fffff, 0x3f800000, 0xbf800000,
    ];
    const all = [...special, 0x7f800000, 0xff800000, 0x7fc00001, 0xffa00000].flatMap((a) =>
      special.map((b) => [a, b]),
    );
    await compare(code, [...inputs, ...all], ([a, b]) => [addFloats(a, b), multiplyFloats(a, b)]);
  });

  it('affine, without an offset, in 64 and in 96 bits', async () => {
    const members = ['offset_lo', 'offset_mid', 'offset_hi', 'scale_lo', 'scale_hi'];
    const code = (name: string): string =>
      kernel(
        `import package::shared::affine::{Affine, ${name}};`,
        8,
        1,
        `
      let a = Affine(${members.map((_, k) => `x[${k}]`).join(', ')}, bitcast<i32>(x[5]));
      y[0] = ${name}(a, (x[6] & 1u) == 1u, x[7]);`,
      );
    for (const [offset, scale] of [
      [0, 0.02],
      [0, 3],
      [-1, 2],
      [1, 1e-3],
      [100, 1e-7],
      [-1e-9, 1000],
      [1e-42, 1e-41],
      [0, 1e-38],
    ]) {
      const map = affineMap(offset, scale, 0, 28);
      const inputs = rows(5000, 2).map(([sign, x]) => [
        ...map.offset,
        ...map.scale,
        map.exponent >>> 0,
        sign & 1,
        x >>> 1,
      ]);
      await compare(
        code({ 0: 'scaled', 64: 'affine64', 96: 'affine96' }[map.offsetBits]),
        inputs,
        ([, , , , , , sign, x]) => [affine(map, sign === 1, x)],
      );
      if (map.offsetBits > 0) continue;
      await compare(
        kernel(
          'import package::shared::affine::{Affine, affine_31};',
          8,
          1,
          'y[0] = affine_31(Affine(0u, 0u, 0u, x[3], 0u, bitcast<i32>(x[5])), x[6] << 31u, x[7]);',
        ),
        inputs,
        ([, , , , , , sign, x]) => [affine(map, sign === 1, x)],
        0,
      );
    }
  });

  it('multiples of digits, in both forms', async () => {
    const code = kernel(
      'import package::shared::affine::{Affine, multiple};',
      4,
      1,
      'y[0] = multiple(Affine(0u, 0u, 0u, x[0], 0u, bitcast<i32>(x[1])), x[2], bitcast<i32>(x[3]));',
    );
    for (const scale of [0.02, 3, 1e-30, 1e-38, 1e-44]) {
      const map = affineMap(0, scale, 0, 33);
      const inputs = rows(5000, 2).map(([x, n]) => [
        map.scale[0],
        map.exponent >>> 0,
        (x | 0x80000000) >>> 0,
        ((n & 31) - 5) >>> 0,
      ]);
      await compare(code, inputs, ([, , digits, n]) => [multiple(map, digits, n | 0)], map.offsetBits);
    }
  });

  it('logarithms as digits and in fixed point', async () => {
    const code = kernel(
      'import package::shared::log::{minus_log_digits, minus_log_fixed};',
      2,
      4,
      `
      let d = minus_log_digits(vec2(x[0], x[0] ^ x[1]));
      let octave = vec2(i32(x[1] % 38u) - 5, i32(x[1] % 37u) - 5);
      let f = minus_log_fixed(vec2(x[0] | 0x80000000u, x[1] | 0x80000000u), octave);
      y[0] = d.digits.x ^ u32(d.places.x); y[1] = d.digits.y; y[2] = f.x; y[3] = f.y;`,
    );
    const out = new Uint32Array(1);
    const digits = (w: number): [number, number] => [minusLogDigits(w, out), out[0]];
    const near = Array.from({ length: 4000 }, (_, i) => [0xffffffff - i, i]);
    await compare(code, [...rows(100_000, 2), ...near], ([a, b]) => {
      const [places, high] = digits(a);
      return [
        high ^ places,
        digits((a ^ b) >>> 0)[1],
        minusLogFixed((a | 0x80000000) >>> 0, (b % 38) - 5),
        minusLogFixed((b | 0x80000000) >>> 0, (b % 37) - 5),
      ];
    });
  });

  it('exp2', async () => {
    const code = kernel(
      'import package::shared::exp2::exp2_digits;',
      2,
      2,
      'let e = exp2_digits(vec2(x[0], x[1])); y[0] = e.x; y[1] = e.y;',
    );
    await compare(code, rows(100_000, 2), (row) => row.map(exp2Digits));
  });

  it('box_muller', async () => {
    const code = kernel(
      'import package::shared::box_muller::box_muller;',
      2,
      4,
      `
      let z = box_muller(vec2(x[0], x[1]), vec2(x[1], x[0]));
      for (var i = 0; i < 4; i++) { y[i] = bitcast<u32>(z[i]); }`,
    );
    const out = new Int32Array(4);
    const inputs = [
      ...rows(100_000, 2),
      ...Array.from({ length: 100_000 }, () => [random.word(), random.word()]),
    ];
    await compare(code, inputs, ([w0, w1]) => {
      boxMuller(w0, w1, out, 0);
      boxMuller(w1, w0, out, 2);
      return [...out];
    });
  });
});
