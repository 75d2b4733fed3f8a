// Computes the constants of box_muller.wgsl and of its twins in TypeScript and AssemblyScript, and writes
// them between the markers in these files.
//
//   node tools/box_muller_constants.mjs            rewrites the files and prints the errors of the fits
//   node tools/box_muller_constants.mjs --check    writes nothing, and exits 1 if a file has other constants
//
// It uses only + - * / on doubles, for series and a Remez exchange. IEEE 754 fixes their results to the last
// bit, so every machine gets the same constants. Math.log, Math.sin and the like may differ between engines.
import { alternating, ln, PI, remez, writeConstants } from './minimax.mjs';

/** @typedef {(x: number) => number} Fn */

const QUARTER_PI = PI / 4;

// ---------------------------------------------------------------- the fits
// -ln(1 - y) = y + y^2/2 + y^3 F(y) on [-1/8, 1/8]. The weight y^3 makes F minimax in the logarithm.
/** @type {Fn} */
const F = (y) => {
  let sum = 0;
  for (let k = 24; k >= 3; k--) sum = sum * y + 1 / k;
  return sum;
};
const logFit = remez(F, (y) => Math.abs(y * y * y) + 1e-7, 3, -0.125, 0.125);
// sin(pi/4 t) = t S(z) and cos(pi/4 t) = 1 - z C(z) for t in [0, 1], where z = t^2.
const q2 = QUARTER_PI * QUARTER_PI;
/** @type {Fn} */
const S = (z) => QUARTER_PI * alternating(q2 * z, 1);
/** @type {Fn} */
const C = (z) => {
  let sum = 0,
    x = q2 * z;
  for (let k = 13; k >= 1; k--) sum = (-x / ((2 + 2 * k) * (1 + 2 * k))) * (1 + sum);
  return (q2 / 2) * (1 + sum);
};
/** @type {Fn} */
const half = (z) => 0.05 + z; // sqrt(z) without its infinite slope
const sinFit = remez(S, (z) => (half(z) > 1 ? 1 : half(z)), 3, 0, 1);
const cosFit = remez(C, (z) => z + 1e-4, 3, 0, 1);

/** @type {(x: number, bits: number) => number} */
const fixed = (x, bits) => {
  const v = Math.round(x * 2 ** bits);
  if (v < 0 || v >= 2 ** 32) throw new Error('constant out of range');
  return v;
};
const LN2 = ln(2);
const log = logFit.p,
  sin = sinFit.p,
  cos = cosFit.p;
// Two products above LOG_3, LOG_4 and LOG_5 are rounded down, on average by half a unit. So half a unit is
// added.
/** @type {Fn} */
const centred = (k) => fixed(log[k] + 2 ** -18, 17);
const f0 = centred(0);
/** @type {(readonly [name: string, value: number, comment: string])[]} */
const constants = [
  ['LN_2', fixed(LN2, 27), 'ln 2, 27 fractional bits'],
  ['LN_5_4', fixed(ln(1.25), 27), 'ln 5/4, 27 fractional bits'],
  ['LN_3_2', fixed(ln(1.5), 27), 'ln 3/2, 27 fractional bits'],
  ['LN_7_4', fixed(ln(1.75), 27), 'ln 7/4, 27 fractional bits'],
  ['LOG_3', f0, 'about 1/3, 17 fractional bits'],
  ['LOG_4', centred(1), 'about 1/4, 17 fractional bits'],
  ['LOG_5', centred(2), 'about 1/5, 17 fractional bits'],
  ['LOG_6', fixed(log[3], 17), 'about 1/6, 17 fractional bits'],
  ['LOG_ROUND', 32768 + (f0 >> 1), 'centres the floors of LOG_* products'],
  ['SIN_1', fixed(sin[0], 32), 'about (pi/4), 32 fractional bits'],
  ['SIN_3', fixed(-sin[1], 32), 'about (pi/4)^3/3!, 32 fractional bits'],
  ['SIN_5', fixed(sin[2], 28), 'about (pi/4)^5/5!, 28 fractional bits'],
  ['SIN_7', fixed(-sin[3], 28), 'about (pi/4)^7/7!, 28 fractional bits'],
  ['COS_2', fixed(cos[0], 32), 'about (pi/4)^2/2!, 32 fractional bits'],
  ['COS_4', fixed(-cos[1], 27), 'about (pi/4)^4/4!, 27 fractional bits'],
  ['COS_6', fixed(cos[2], 27), 'about (pi/4)^6/6!, 27 fractional bits'],
  ['COS_8', fixed(-cos[3], 27), 'about (pi/4)^8/8!, 27 fractional bits'],
];
// The 32-bit products of the polynomials must not overflow. Each is at most a coefficient times the largest
// factor.
/** @type {(name: string) => number} */
const value = (name) => constants.find((c) => c[0] === name)?.[1] ?? NaN;
/** @type {(x: number, limit: number) => void} */
const fits = (x, limit) => {
  if (!(x < limit)) throw new Error('a product overflows');
};
for (const name of ['LOG_3', 'LOG_4', 'LOG_5', 'LOG_6'])
  fits(((value(name) * 8) / 7) * 2 ** 15 + value('LOG_ROUND'), 2 ** 31);
for (const name of ['SIN_7', 'COS_8', 'COS_6']) fits(value(name) * 0xffff, 2 ** 32);
for (const [name, next] of [
  ['SIN_5', 'SIN_7'],
  ['COS_4', 'COS_6'],
]) {
  fits(value(name) * 0x3ff, 2 ** 32);
  // (c - d z) z grows with z, because d is small. So z = 1 is the worst case, and the carry of the low part
  // is added.
  fits((value(name) - value(next) + 2) * 0x7ff + value(name), 2 ** 32);
}
/** @type {(e: number) => string} */
const bits = (e) => `${e.toExponential(2)} = 2^${(Math.log(e) / Math.log(2)).toFixed(2)}`;
console.log('minimax errors before rounding of the coefficients:');
console.log('  logarithm', bits(logFit.worst));
console.log('  sine     ', bits(sinFit.worst));
console.log('  cosine   ', bits(cosFit.worst));

// ---------------------------------------------------------------- writing
/** @type {(v: number) => string} */
const hex = (v) => '0x' + v.toString(16).padStart(8, '0');
const signed = new Set(['LOG_3', 'LOG_4', 'LOG_5', 'LOG_6', 'LOG_ROUND']);
const wgsl = constants
  .map(
    ([n, v, c]) =>
      `const ${n}: ${signed.has(n) ? 'i32' : 'u32'} = ${signed.has(n) ? v : hex(v) + 'u'}; // ${c}`,
  )
  .join('\n');
const ts = constants.map(([n, v, c]) => `const ${n} = ${signed.has(n) ? v : hex(v)}; // ${c}`).join('\n');
// In AssemblyScript the constants lie in memory, because vectors are made from there. The logarithms of the
// factors become one table.
const tabled = new Set(['LN_5_4', 'LN_3_2', 'LN_7_4']);
const assembly = constants
  .map(([n, v, c]) => {
    const literal = signed.has(n) ? v : hex(v);
    return tabled.has(n)
      ? `const ${n}: u32 = ${literal}; // ${c}`
      : `const ${n} = memory.data<u32>([${literal}]); // ${c}`;
  })
  .join('\n');
writeConstants([
  ['../shaders/shared/box_muller.wgsl', wgsl],
  ['../src/arithmetic/box_muller.ts', ts],
  ['../src/backends/cpu/wasm/assembly/box_muller.ts', assembly],
  ['../src/verify/second/assembly/box_muller.ts', assembly],
]);
