// Computes the constants of shaders/tensorflow/box_muller.wgsl and of its twin in TypeScript, and writes them
// between the markers in these files.
//
//   node tools/tensorflow_constants.mjs            rewrites the files and prints the errors of the fits
//   node tools/tensorflow_constants.mjs --check    writes nothing, and exits 1 if a file has other constants
//
// Polynomials interpolate at Chebyshev nodes, which is close to minimax (Muller, Elementary Functions, 3rd ed.,
// 2016, section 3.4). It uses only integers and + - * / on doubles, so that every machine gets the same constants.
import { readFileSync, writeFileSync } from 'node:fs';

/** @typedef {(x: number) => number} Fn */

// ---------------------------------------------------------------- pi and logarithms as integers
const GUARD = 160n;
const ONE = 1n << GUARD;

/**
 * The sum of sign^k x^(2k+1) / (2k+1) for x = 1/n: the inverse tangent for sign -1, its hyperbolic for 1.
 *
 * @param {bigint} n
 * @param {bigint} sign
 */
function inverseTangent(n, sign) {
  let power = ONE / n;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n, power = (sign * power) / (n * n)) sum += power / k;
  return sum;
}
const PI = 16n * inverseTangent(5n, -1n) - 4n * inverseTangent(239n, -1n); // Machin's formula
const LN_2 = 2n * inverseTangent(3n, 1n);
const LN_5_4 = 2n * inverseTangent(9n, 1n);
const LN_3_2 = 2n * inverseTangent(5n, 1n);
const LN_7_4 = LN_3_2 + 2n * inverseTangent(13n, 1n); // 7/4 = 3/2 * 7/6

/**
 * A real with GUARD fractional bits as an integer with `bits` of them, rounded to the nearest.
 *
 * @param {bigint} real
 * @param {bigint} bits
 */
const fixed = (real, bits) => (real + (1n << (GUARD - bits - 1n))) >> (GUARD - bits);

// ---------------------------------------------------------------- polynomials
/** @type {(p: number[], x: number) => number} */
const evaluate = (p, x) => p.reduceRight((sum, c) => sum * x + c, 0);

const piAsDouble = Number(fixed(PI, 50n)) / 2 ** 50;

/** The cosine of x in [0, pi], by its series. @type {Fn} */
function cosine(x) {
  let sum = 0;
  for (let k = 20; k >= 1; k--) sum = ((-x * x) / (2 * k * (2 * k - 1))) * (1 + sum);
  return 1 + sum;
}

/**
 * The coefficients of the polynomial of `degree` that interpolates f at the Chebyshev nodes of [0, end], and the
 * largest |weight (p - f)|.
 *
 * @param {Fn} f
 * @param {number} degree
 * @param {number} end
 * @param {Fn} weight
 */
function interpolate(f, degree, end, weight) {
  const nodes = Array.from(
    { length: degree + 1 },
    (_, i) => (end / 2) * (1 - cosine((piAsDouble * (i + 0.5)) / (degree + 1))),
  );
  // Newton's divided differences, and the products of their factors.
  const differences = nodes.map(f);
  for (let step = 1; step <= degree; step++)
    for (let i = degree; i >= step; i--)
      differences[i] = (differences[i] - differences[i - 1]) / (nodes[i] - nodes[i - step]);
  let p = [differences[degree]];
  for (let i = degree - 1; i >= 0; i--) {
    const shifted = [0, ...p];
    p = shifted.map((c, k) => c - (k < p.length ? nodes[i] * p[k] : 0));
    p[0] += differences[i];
  }
  let worst = 0;
  for (let i = 0; i <= 10000; i++) {
    const x = (end * i) / 10000;
    worst = Math.max(worst, Math.abs(weight(x) * (evaluate(p, x) - f(x))));
  }
  return { p, worst };
}

/** -ln(1 - y) / y for y = 1/8 - t/4. @type {Fn} */
const logarithm = (t) => {
  const y = 1 / 8 - t / 4;
  let sum = 0;
  for (let k = 30; k >= 1; k--) sum = sum * y + 1 / k;
  return sum;
};
/**
 * 1/first! - z/(first + 2)! + z^2/(first + 4)! - ...
 *
 * @param {number} first
 * @returns {Fn}
 */
const alternating = (first) => (z) => {
  let sum = 1;
  for (let k = 12; k >= 1; k--) sum = 1 - (z / ((first + 2 * k) * (first + 2 * k - 1))) * sum;
  for (let k = 2; k <= first; k++) sum /= k;
  return sum;
};
const END = 0.6169; // (pi/4)^2 and a little more
const log = interpolate(logarithm, 7, 1, () => 1);
const sine = interpolate(alternating(3), 3, END, (z) => z); // sin r = r (1 - z S), z = r^2
const cos = interpolate(alternating(2), 4, END, (z) => z); // cos r = 1 - z C

/** The coefficients as words: the signs alternate. @type {(p: number[], bits: number) => number[]} */
const words = (p, bits) =>
  p.map((c, i) => {
    const word = Math.round((i % 2 ? -c : c) * 2 ** bits);
    if (word < 0 || word >= 2 ** 32) throw new Error(`constant out of range: ${word}`);
    return word;
  });
/** The high and the low word of an integer. @type {(value: bigint) => [number, number]} */
const pair = (value) => [Number(value >> 32n), Number(value & 0xffffffffn)];

const angle = fixed(2n * PI, 69n);
/** @type {(name: string, value: bigint, comment: string) => [string, number, string][]} */
const double = (name, value, comment) => {
  const [hi, lo] = pair(value);
  return [
    [`${name}_HI`, hi, comment],
    [`${name}_LO`, lo, ''],
  ];
};
/** @type {[string, number, string][]} */
const constants = [
  ['TWO_PI_HI', Number(angle >> 64n), '2 pi, 69 fractional bits'],
  ['TWO_PI_MID', Number((angle >> 32n) & 0xffffffffn), ''],
  ['TWO_PI_LO', Number(angle & 0xffffffffn), ''],
  ...double('HALF_PI', fixed(PI / 2n, 60n), 'pi/2, 60 fractional bits'),
  // The product with an integer below 32 must not carry out of its low word.
  ['LN_2_HI', Number(fixed(LN_2, 54n) >> 27n), 'ln 2, 59 fractional bits, of which the last 5 are 0'],
  ['LN_2_LO', Number(fixed(LN_2, 54n) & 0x7ffffffn), 'without the 5 zeros'],
  ...double('LN_5_4', fixed(LN_5_4, 59n), 'ln 5/4, 59 fractional bits'),
  ...double('LN_3_2', fixed(LN_3_2, 59n), 'ln 3/2, 59 fractional bits'),
  ...double('LN_7_4', fixed(LN_7_4, 59n), 'ln 7/4, 59 fractional bits'),
  ...words(log.p, 31).map(
    (word, i) =>
      /** @type {[string, number, string]} */ ([`LOG_${i}`, word, i === 0 ? '31 fractional bits' : '']),
  ),
  ...words(sine.p, 34).map(
    (word, i) =>
      /** @type {[string, number, string]} */ ([
        `SIN_${2 * i + 3}`,
        word,
        i === 0 ? '34 fractional bits' : '',
      ]),
  ),
  ...words(cos.p, 32).map(
    (word, i) =>
      /** @type {[string, number, string]} */ ([
        `COS_${2 * i + 2}`,
        word,
        i === 0 ? '32 fractional bits' : '',
      ]),
  ),
];

/** @type {(e: number) => string} */
const power = (e) => `2^${(Math.log(e) / Math.log(2)).toFixed(1)}`;
console.log(
  `errors of the fits: logarithm ${power(log.worst)}, sine ${power(sine.worst)}, cosine ${power(cos.worst)}`,
);

// ---------------------------------------------------------------- writing
/** @type {(suffix: string, type: string) => string} */
const text = (suffix, type) =>
  constants
    .map(([name, word, comment]) => {
      const literal = `0x${word.toString(16).padStart(8, '0')}${suffix}`;
      return `const ${name}${type} = ${literal};${comment === '' ? '' : ` // ${comment}`}\n`;
    })
    .join('');
const check = process.argv.includes('--check');
for (const [name, now] of [
  ['../shaders/tensorflow/box_muller.wgsl', text('u', ': u32')],
  ['../src/streams/tensorflow/box_muller.ts', text('', '')],
]) {
  const path = new URL(name, import.meta.url);
  const old = readFileSync(path, 'utf8');
  const next = old.replace(
    /(\/\/ BEGIN generated[^\n]*\n)[\s\S]*?(\/\/ END generated)/,
    (_, begin, end) => `${begin}${now}${end}`,
  );
  if (check && next !== old) {
    console.error(`${name}: constants differ from those computed here`);
    process.exitCode = 1;
  }
  if (!check) writeFileSync(path, next);
}
