// Writes the constants of shaders/tensorflow/box_muller.wgsl and of its twin in TypeScript between the markers in
// these files, as integers.
//
//   node tools/tensorflow_constants.mjs            rewrites the files
//   node tools/tensorflow_constants.mjs --check    writes nothing, and exits 1 if a file has other constants
//
// TensorFlow's normals have the values of the C library's logf and sincosf, whose errors show. So the polynomials and
// the table are those of glibc since 2.28 (Arm's Optimized Routines, logf_data.c and sincosf_data.c),
// in float64, and are not fitted here.
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * A float64 as an integer of `bits` fractional bits, rounded to the nearest.
 *
 * @param {number} x
 * @param {number} bits
 */
const fixed = (x, bits) => (BigInt(x * 2 ** 100) + (1n << BigInt(99 - bits))) >> BigInt(100 - bits);

/** 1/c and ln c of each subinterval. @type {[string, string][]} */
const TABLE = [
  ['1661ec79f8f3be p0', '-157bf7808caade p-2'],
  ['1571ed4aaf883d p0', '-12bef0a7c06ddb p-2'],
  ['149539f0f010b0 p0', '-101eae7f513a67 p-2'],
  ['13c995b0b80385 p0', '-1b31d8a68224e9 p-3'],
  ['130d190c8864a5 p0', '-16574f0ac07758 p-3'],
  ['125e227b0b8ea0 p0', '-11aa2bc79c8100 p-3'],
  ['11bb4a4a1a343f p0', '-1a4e76ce8c0e5e p-4'],
  ['112358f08ae5ba p0', '-11973c5a611ccc p-4'],
  ['10953f419900a7 p0', '-1252f438e10c1e p-5'],
  ['10000000000000 p0', '0 p0'],
  ['1e608cfd9a47ac p-1', '1aa5aa5df25984 p-5'],
  ['1ca4b31f026aa0 p-1', '1c5e53aa362eb4 p-4'],
  ['1b2036576afce6 p-1', '1526e57720db08 p-3'],
  ['19c2d163a1aa2d p-1', '1bc2860d224770 p-3'],
  ['1886e6037841ed p-1', '11058bc8a07ee1 p-2'],
  ['1767dcf5534862 p-1', '14043057b6ee09 p-2'],
];
/** A float64 whose significand has 52 fractional bits in hexadecimal. @type {(text: string) => number} */
function double(text) {
  const [digits, power] = text.split(' p');
  const sign = digits.startsWith('-') ? -1 : 1;
  return sign * Number(`0x${digits.replace('-', '')}`) * 2 ** (Number(power) - 52);
}

const LN_2 = double('162e42fefa39ef p-1');
const [LOG_4, LOG_3, LOG_2] = ['100ea348b88334 p-2', '15575b0be00b6a p-2', '1ffffef20a4123 p-2'].map(double);
const [SIN_3, SIN_5, SIN_7] = ['1555545995a603 p-3', '11107605230bc4 p-7', '1994eb3774cf24 p-13'].map(double);
const [COS_2, COS_4, COS_6, COS_8] = [
  '1ffffffd0c621c p-2',
  '155553e1068f19 p-5',
  '16c087e89a359d p-10',
  '199343027bf8c3 p-16',
].map(double);
const HALF_PI = double('1921fb54442d18 p0');

/** 2 pi as a float64, by which TensorFlow multiplies. */
const TWO_PI = 4 * HALF_PI;

/** @type {(value: bigint) => [number, number]} */
const pair = (value) => {
  const bits = BigInt.asUintN(64, value);
  return [Number(bits >> 32n), Number(bits & 0xffffffffn)];
};
/** @type {(name: string, value: bigint, comment: string) => [string, number, string][]} */
const double64 = (name, value, comment) => {
  const [hi, lo] = pair(value);
  return [
    [`${name}_HI`, hi, comment],
    [`${name}_LO`, lo, ''],
  ];
};
/** @type {(name: string, x: number, bits: number) => [string, number, string]} */
const word = (name, x, bits) => {
  const value = Number(fixed(x, bits));
  if (value < 0 || value >= 2 ** 32) throw new Error(`constant out of range: ${name}`);
  return [name, value, `${bits} fractional bits`];
};
const twoPi = fixed(TWO_PI, 69);
const ln2 = fixed(LN_2, 59);
if (ln2 & 31n) throw new Error('the last 5 bits of ln 2 are not 0');
/** @type {[string, number, string][]} */
const constants = [
  ['TWO_PI_HI', Number(twoPi >> 64n), '2 pi, 69 fractional bits'],
  ['TWO_PI_MID', Number((twoPi >> 32n) & 0xffffffffn), ''],
  ['TWO_PI_LO', Number(twoPi & 0xffffffffn), ''],
  ...double64('HALF_PI', fixed(HALF_PI, 60), 'pi/2, 60 fractional bits'),
  // The product with an integer below 32 must not carry out of its low word.
  ['LN_2_HI', Number(ln2 >> 32n), 'ln 2, 59 fractional bits'],
  ['LN_2_LO', Number((ln2 & 0xffffffffn) >> 5n), 'without the last 5, which are 0'],
  word('LOG_2', LOG_2 - 31 / 64, 37),
  word('LOG_3', LOG_3, 33),
  word('LOG_4', LOG_4, 32),
  word('SIN_3', SIN_3, 34),
  word('SIN_5', SIN_5, 38),
  word('SIN_7', SIN_7, 38),
  word('COS_2', 0.5 - COS_2, 36),
  word('COS_4', COS_4, 36),
  word('COS_6', COS_6, 36),
  word('COS_8', COS_8, 36),
];

// ---------------------------------------------------------------- writing
/** @type {(value: number) => string} */
const hex = (value) => `0x${value.toString(16).padStart(8, '0')}`;
/** @type {(suffix: string, type: string) => string} */
const text = (suffix, type) =>
  constants
    .map(
      ([name, value, comment]) =>
        `const ${name}${type} = ${hex(value)}${suffix};${comment && ` // ${comment}`}\n`,
    )
    .join('');
const rows = TABLE.map(([inverse, log]) => [
  ...pair(fixed(double(inverse), 63)),
  ...pair(-fixed(double(log), 59)),
]);
const wgslTable = `const TABLE = array<vec4<u32>, 16>(\n${rows
  .map((row) => `  vec4<u32>(${row.map((value) => `${hex(value)}u`).join(', ')}),\n`)
  .join('')});\n`;
const twinTable = `const TABLE = Uint32Array.of(\n${rows.map((row) => `  ${row.map(hex).join(', ')},\n`).join('')});\n`;
const check = process.argv.includes('--check');
for (const [name, now] of [
  ['../shaders/tensorflow/box_muller.wgsl', `${text('u', ': u32')}${wgslTable}`],
  ['../src/streams/tensorflow/box_muller.ts', `${text('', '')}// prettier-ignore\n${twinTable}`],
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
