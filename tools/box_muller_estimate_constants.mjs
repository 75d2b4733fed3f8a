// Computes the constants of box_muller_estimate.wgsl and writes them between the markers in that file.
//
//   node tools/box_muller_estimate_constants.mjs            rewrites the file and prints the errors of the fits
//   node tools/box_muller_estimate_constants.mjs --check    writes nothing, and exits 1 if the file has others
//
// See box_muller_constants.mjs for why every machine gets the same.
import { alternating, ln, PI, remez, writeConstants } from './minimax.mjs';

/** @typedef {(x: number) => number} Fn */

// -2 ln(1 + y) = y L(y) for |y| <= 1/3, and a little more, because the float that says the octave is rounded.
/** @type {Fn} */
const L = (y) => {
  if (Math.abs(y) > 0.05) return (-2 * (y < 0 ? -ln(1 / (1 + y)) : ln(1 + y))) / y;
  let sum = 0;
  for (let k = 30; k >= 1; k--) sum = sum * -y + 1 / k;
  return -2 * sum;
};
const logFit = remez(L, (y) => 1 / Math.abs(L(y)), 8, -0.33334, 0.33334);
// sin(pi/4 t) = t S(z) and cos(pi/4 t) = 1 + z C(z) for t in [-1, 1], where z = t^2.
const q2 = (PI / 4) * (PI / 4);
/** @type {Fn} */
const S = (z) => (PI / 4) * alternating(q2 * z, 1);
/** @type {Fn} */
const C = (z) => {
  let sum = 0,
    x = q2 * z;
  for (let k = 13; k >= 1; k--) sum = (-x / ((2 + 2 * k) * (1 + 2 * k))) * (1 + sum);
  return (-q2 / 2) * (1 + sum);
};
const sinFit = remez(S, (z) => 1 / S(z), 3, 0, 1);
const cosFit = remez(C, (z) => z + 1e-4, 2, 0, 1);

/** @type {(e: number) => string} */
const bits = (e) => `${e.toExponential(2)} = 2^${(Math.log(e) / Math.log(2)).toFixed(2)}`;
console.log('minimax errors before rounding of the coefficients:');
console.log('  logarithm', bits(logFit.worst));
console.log('  sine     ', bits(sinFit.worst));
console.log('  cosine   ', bits(cosFit.worst));

/** @type {(x: number) => string} */
const float = (x) => {
  const text = String(Math.fround(x));
  return /[.e]/.test(text) ? text : `${text}.0`;
};
/** @type {(name: string, values: readonly number[], from: number, step: number) => string[]} */
const named = (name, values, from, step) =>
  values.map((x, i) => `const ${name}_${from + step * i}: f32 = ${float(x)};`);
writeConstants([
  [
    '../shaders/shared/box_muller_estimate.wgsl',
    [
      `const TWICE_LN_2: f32 = ${float(2 * ln(2))};`,
      ...named('LOG', logFit.p, 1, 1),
      ...named('SIN', sinFit.p, 1, 2),
      ...named('COS', cosFit.p, 2, 2),
    ].join('\n'),
  ],
]);
