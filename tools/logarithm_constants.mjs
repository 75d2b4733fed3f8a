// Computes the constants of log.wgsl and exp2.wgsl and of their twins in TypeScript, and writes them between
// the markers in these files.
//
//   node tools/logarithm_constants.mjs            rewrites the files and prints the errors of the fits
//   node tools/logarithm_constants.mjs --check    writes nothing, and exits 1 if a file has other constants
import { ln, remez, writeConstants } from './minimax.mjs';

/** @typedef {(x: number) => number} Fn */

/** @type {(x: number, bits: number) => number} */
const fixed = (x, bits) => {
  const v = Math.round(x * 2 ** bits);
  if (v < 0 || v >= 2 ** 32) throw new Error('constant out of range');
  return v;
};

// ---------------------------------------------------------------- logarithm
// -ln(1 - y) / y = 1 + y/2 + y^2 (1/3 + y/4 + y^2 M(y)) on [-1/8, 1/8].
/** @type {Fn} */
const M = (y) => {
  let sum = 0;
  for (let k = 28; k >= 5; k--) sum = sum * y + 1 / k;
  return sum;
};
const logFit = remez(M, (y) => y ** 4 + 1e-9, 3, -0.125, 0.125);
const LN2 = ln(2);
// A product above a coefficient is rounded down, on average by half a unit. So half a unit is added.
/** @type {Fn} */
const centred = (k) => fixed(logFit.p[k] + 2 ** -19, 18);
/** @type {(readonly [name: string, value: number, comment: string])[]} */
const log = [
  ['LN_2_27', fixed(LN2 - 2 ** -28, 27), 'ln 2, 27 fractional bits, rounded down'],
  ['LN_2_32', fixed(LN2, 32) - 32 * fixed(LN2 - 2 ** -28, 27), 'what that lacks, with 32 fractional bits'],
  ['LN_2_29', fixed(LN2, 29), 'ln 2, 29 fractional bits'],
  ['LN_5_4', fixed(ln(1.25), 32), 'ln 5/4, 32 fractional bits'],
  ['LN_3_2', fixed(ln(1.5), 32), 'ln 3/2, 32 fractional bits'],
  ['LN_7_4', fixed(ln(1.75), 32), 'ln 7/4, 32 fractional bits'],
  // A truncated high product of |y| and this is about a unit too small. So two half units are added.
  ['LOG_1', 2 ** 31 + 2, '1, 31 fractional bits'],
  // The product y^2 M has lost about 2^-25.2 by then.
  ['LOG_3', fixed(1 / 3 + 0.1 * 2 ** -22, 32), 'about 1/3, 32 fractional bits'],
  ['LOG_5', centred(0), 'about 1/5, 18 fractional bits'],
  ['LOG_6', centred(1), 'about 1/6, 18 fractional bits'],
  ['LOG_7', centred(2), 'about 1/7, 18 fractional bits'],
  ['LOG_8', fixed(logFit.p[3], 18), 'about 1/8, 18 fractional bits'],
];
const signed = new Set(['LOG_5', 'LOG_6', 'LOG_7', 'LOG_8']);
for (const [name, value] of log) {
  if (signed.has(name) && !(value * (9 / 8) * 2 ** 15 < 2 ** 31)) throw new Error('a product overflows');
}

// ---------------------------------------------------------------- exponential function
// 2^f = 1 + f Q(f) on [0, 1].
/** @type {Fn} */
const Q = (f) => {
  // (2^f - 1) / f = ln 2 (1 + f ln 2 / 2 (1 + f ln 2 / 3 (...)))
  let sum = 0;
  for (let k = 24; k >= 2; k--) sum = ((f * LN2) / k) * (1 + sum);
  return LN2 * (1 + sum);
};
/** @type {Fn} */
const two = (f) => 1 + f * Q(f);
const expFit = remez(Q, (f) => (f + 1e-6) / two(f), 6, 0, 1);
// A truncated high product is about 1.25 too small on average, which the coefficient before it makes up for.
/** @type {(readonly [name: string, value: number, comment: string])[]} */
const exp = expFit.p.map((c, k) => {
  const fraction = [32, 33, 35, 35, 35, 35, 35][k];
  const lost = k === 6 ? 0 : [1.1, 0.8, 1.25, 1.25, 1.25, 1.25][k];
  return [
    `EXP_${k + 1}`,
    fixed(c + lost * 2 ** -fraction, fraction),
    `about (ln 2)^${k + 1}/${k + 1}!, ${fraction} fractional bits`,
  ];
});

/** @type {(e: number) => string} */
const bits = (e) => `${e.toExponential(2)} = 2^${(Math.log(e) / Math.log(2)).toFixed(2)}`;
console.log('minimax errors before rounding of the coefficients:');
console.log('  logarithm  ', bits(logFit.worst));
console.log('  exponential', bits(expFit.worst));

/** @type {(v: number) => string} */
const hex = (v) => '0x' + v.toString(16).padStart(8, '0');
/** @type {(list: typeof log) => string} */
const wgsl = (list) =>
  list
    .map(
      ([n, v, c]) =>
        `const ${n}: ${signed.has(n) ? 'i32' : 'u32'} = ${signed.has(n) ? v : hex(v) + 'u'}; // ${c}`,
    )
    .join('\n');
/** @type {(list: typeof log) => string} */
const ts = (list) =>
  list.map(([n, v, c]) => `const ${n} = ${signed.has(n) ? v : hex(v)}; // ${c}`).join('\n');
writeConstants([
  ['../shaders/shared/log.wgsl', wgsl(log)],
  ['../src/arithmetic/log.ts', ts(log)],
  ['../shaders/shared/exp2.wgsl', wgsl(exp)],
  ['../src/arithmetic/exp2.ts', ts(exp)],
]);
