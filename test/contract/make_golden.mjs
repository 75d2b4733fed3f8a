// Prints golden values: what the built library computes on the CPU. Those with a checksum are in a file of
// their own, which the library ships. Both files are a promise: they gain cases, and a change of a value in
// them is a new version of the contract.
//
//   npm run build
//   node test/contract/make_golden.mjs > test/contract/golden.json
//   node test/contract/make_golden.mjs --checksums > src/verify/checksums.json
import { createHash } from 'node:crypto';
import { Sampler } from 'tensorseed';

/** @typedef {import('tensorseed').Dtype} Dtype */
/** @typedef {{ seed: string, name?: string }} Stream */
/** @typedef {{ draw: Record<string, any>, dtypes: readonly Dtype[] }} Case */

/** @type {Dtype[]} */
const FLOATS = ['float32', 'float16', 'bfloat16'];
/** @type {Stream[]} */
const STREAMS = [
  { seed: '0' },
  { seed: '42', name: 'encoder/layer_0/kernel' },
  { seed: '18446744073709551615' },
];
const CHECKSUM_STREAM = STREAMS[1];
const FAR = [2 ** 32 + 1, 10 ** 12];
const CHECKSUM_ELEMENTS = 2 ** 24;

/**
 * Infinite bounds are left out, as in JSON they must be.
 *
 * @type {Case[]}
 */
const DRAWS = [
  { draw: { kind: 'bits' }, dtypes: ['uint32'] },
  { draw: { kind: 'constant', value: -0.1 }, dtypes: FLOATS },
  { draw: { kind: 'eye', rows: 5, columns: 7, value: 1.7 }, dtypes: FLOATS },
  { draw: { kind: 'uniform', low: -0.05, high: 0.05 }, dtypes: FLOATS },
  { draw: { kind: 'uniform', low: 0, high: 1 }, dtypes: FLOATS },
  { draw: { kind: 'uniform', low: -1e-9, high: 1000 }, dtypes: FLOATS },
  { draw: { kind: 'normal', mean: 0, stddev: 1 }, dtypes: FLOATS },
  { draw: { kind: 'normal', mean: 0, stddev: 0.02 }, dtypes: FLOATS },
  { draw: { kind: 'normal', mean: -100, stddev: 1e-6 }, dtypes: FLOATS },
  { draw: { kind: 'truncated_normal', mean: 0, stddev: 0.05, lower: -2, upper: 2 }, dtypes: FLOATS },
  { draw: { kind: 'truncated_normal', mean: 1, stddev: 0.25, lower: 1.25 }, dtypes: FLOATS },
];

/**
 * Ends, fallbacks and extremes: rules that values in the middle never touch. No checksums.
 *
 * @type {Case[]}
 */
const EDGES = [
  { draw: { kind: 'constant', value: 65519.9 }, dtypes: FLOATS },
  { draw: { kind: 'constant', value: 3e-42 }, dtypes: ['float32', 'bfloat16'] },
  { draw: { kind: 'uniform', low: 1, high: 1.000001 }, dtypes: FLOATS },
  { draw: { kind: 'uniform', low: 0.1, high: 0.1003 }, dtypes: FLOATS },
  { draw: { kind: 'uniform', low: 0, high: 1e-44 }, dtypes: ['float32'] },
  { draw: { kind: 'uniform', low: -1e-6, high: 3e-6 }, dtypes: ['float16'] },
  { draw: { kind: 'uniform', low: -3e38, high: 3.3e38 }, dtypes: ['float32', 'bfloat16'] },
  { draw: { kind: 'uniform', low: 1e-30, high: 1e30 }, dtypes: ['float32'] },
  { draw: { kind: 'normal', mean: 0, stddev: 1e-7 }, dtypes: FLOATS },
  { draw: { kind: 'normal', mean: 0, stddev: 3e-45 }, dtypes: ['float32'] },
  { draw: { kind: 'normal', mean: 1e-30, stddev: 1e7 }, dtypes: ['float32', 'bfloat16'] },
  { draw: { kind: 'normal', mean: 1e30, stddev: 1e-3 }, dtypes: ['float32'] },
  { draw: { kind: 'normal', mean: 1e5, stddev: 1e-7 }, dtypes: ['float32'] },
  { draw: { kind: 'truncated_normal', mean: 1000, stddev: 0.001, lower: -2, upper: 2 }, dtypes: FLOATS },
  { draw: { kind: 'truncated_normal', mean: 0.1, stddev: 0.3, lower: -0.7, upper: 0.3 }, dtypes: FLOATS },
  { draw: { kind: 'truncated_normal', mean: 0, stddev: 1e-4, lower: -0.02, upper: 0.02 }, dtypes: FLOATS },
];

/**
 * The discrete draws of DISTRIBUTIONS.md. No checksums.
 *
 * @type {Case[]}
 */
const DISCRETE = [
  { draw: { kind: 'bernoulli', probability: 0.3 }, dtypes: [...FLOATS, 'uint32', 'int32', 'uint8', 'int8'] },
  { draw: { kind: 'bernoulli_packed', probability: 0.3 }, dtypes: ['uint32'] },
  { draw: { kind: 'rademacher' }, dtypes: [...FLOATS, 'int32', 'int8'] },
  { draw: { kind: 'randint', low: 1, high: 7 }, dtypes: ['int32', 'uint32', 'int8', 'uint8'] },
  { draw: { kind: 'randint', low: -128, high: 128 }, dtypes: ['int32', 'int8'] },
  { draw: { kind: 'randint', low: 5, high: 3_000_000_000 }, dtypes: ['uint32'] },
  { draw: { kind: 'randint', low: -(2 ** 31), high: 2 ** 31 }, dtypes: ['int32'] },
  { draw: { kind: 'poisson', rate: 3 }, dtypes: ['int32', 'uint32', 'float32'] },
  { draw: { kind: 'poisson', rate: 0.01 }, dtypes: ['int32'] },
  { draw: { kind: 'poisson', rate: 123456.75 }, dtypes: ['int32', 'float32'] },
  { draw: { kind: 'permutation', size: 18 }, dtypes: ['uint32', 'int32'] },
  { draw: { kind: 'permutation', size: 1_000_003 }, dtypes: ['uint32', 'int32'] },
  { draw: { kind: 'permutation', size: 2 ** 32 }, dtypes: ['uint32'] },
  { draw: { kind: 'permutation_wide', size: 18 }, dtypes: ['uint32'] },
  { draw: { kind: 'permutation_wide', size: 2 ** 40 + 15 }, dtypes: ['uint32'] },
  { draw: { kind: 'permutation_wide', size: 2 ** 53 - 1 }, dtypes: ['uint32'] },
];

/**
 * The continuous draws of DISTRIBUTIONS.md. No checksums.
 *
 * @type {Case[]}
 */
const CONTINUOUS = [
  { draw: { kind: 'exponential', scale: 1 }, dtypes: FLOATS },
  { draw: { kind: 'exponential', scale: 0.02 }, dtypes: FLOATS },
  { draw: { kind: 'exponential', scale: 3e-38 }, dtypes: ['float32', 'bfloat16'] },
  { draw: { kind: 'laplace', loc: 0, scale: 1 }, dtypes: FLOATS },
  { draw: { kind: 'laplace', loc: -5, scale: 1e-8 }, dtypes: ['float32'] },
  { draw: { kind: 'logistic', loc: 0, scale: 1 }, dtypes: FLOATS },
  { draw: { kind: 'logistic', loc: 1, scale: 0.3 }, dtypes: FLOATS },
  { draw: { kind: 'gumbel', loc: 0, scale: 1 }, dtypes: FLOATS },
  { draw: { kind: 'gumbel', loc: 0.5, scale: 20 }, dtypes: FLOATS },
  { draw: { kind: 'lognormal', mean: 0, stddev: 1 }, dtypes: FLOATS },
  { draw: { kind: 'lognormal', mean: -80, stddev: 10 }, dtypes: ['float32', 'bfloat16'] },
  { draw: { kind: 'lognormal', mean: 1.5, stddev: 0 }, dtypes: FLOATS },
  { draw: { kind: 'gamma', concentration: 3, scale: 1 }, dtypes: FLOATS },
  { draw: { kind: 'gamma', concentration: 1, scale: 2.5 }, dtypes: ['float32'] },
  { draw: { kind: 'gamma', concentration: 0.05, scale: 1 }, dtypes: FLOATS },
  { draw: { kind: 'gamma', concentration: 10000, scale: 1e-4 }, dtypes: ['float32', 'bfloat16'] },
];

const sampler = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
const cases = [];
for (const { draw, dtypes } of DRAWS) {
  for (const dtype of dtypes) {
    const streams = draw.kind === 'constant' || draw.kind === 'eye' ? STREAMS.slice(0, 1) : STREAMS;
    for (const stream of streams) cases.push(await golden(draw, dtype, stream));
  }
}
for (const { draw, dtypes } of [...EDGES, ...DISCRETE, ...CONTINUOUS]) {
  for (const dtype of dtypes) cases.push(await golden(draw, dtype, { seed: '7', name: 'edges' }));
}
const wanted = cases.filter((entry) => 'sha256' in entry === process.argv.includes('--checksums'));
console.log(`[\n${wanted.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n')}\n]`);

/**
 * How many elements a vector of a draw has: as many as there can be.
 *
 * @param {Record<string, any>} draw
 */
function lengthOf(draw) {
  if (draw.kind === 'permutation') return draw.size;
  if (draw.kind === 'permutation_wide') return Math.min(2 * draw.size, Number.MAX_SAFE_INTEGER - 1);
  return Number.MAX_SAFE_INTEGER;
}

/**
 * @param {Record<string, any>} draw
 * @param {Dtype} dtype
 * @param {Stream} stream
 */
async function golden(draw, dtype, stream) {
  const shape = draw.kind === 'eye' ? [draw.rows, draw.columns] : [lengthOf(draw)];
  const bounded = draw.kind === 'truncated_normal' ? { lower: -Infinity, upper: Infinity, ...draw } : draw;
  /** @type {import('tensorseed').Initializer} */
  const initializer = {
    className: 'Draw',
    resolve: () => /** @type {any} */ (bounded),
    getConfig: () => ({}),
  };
  const options = { ...stream, seed: BigInt(stream.seed), dtype };
  /** @type {(start: number, count: number) => Promise<string>} */
  const patterns = async (start, count) => {
    const data = await (
      await sampler.fill(initializer, shape, { ...options, range: { start, count } })
    ).data();
    const bits = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array }[data.BYTES_PER_ELEMENT];
    const words = new /** @type {typeof Uint32Array} */ (bits)(data.buffer, data.byteOffset, data.length);
    return Array.from(words, (word) => word.toString(16).padStart(2 * data.BYTES_PER_ELEMENT, '0')).join(' ');
  };
  /** @type {Record<string, any>} */
  const entry = { draw, dtype, ...stream };
  if (draw.kind === 'eye') return { ...entry, first: await patterns(0, 35) };
  entry.first = await patterns(0, 12);
  entry.far = [];
  for (const start of draw.kind.startsWith('permutation') ? [lengthOf(draw) - 6] : FAR)
    entry.far.push({ start, values: await patterns(start, 6) });
  if (stream !== CHECKSUM_STREAM) return entry;
  const hash = createHash('sha256');
  const range = { start: 0, count: CHECKSUM_ELEMENTS };
  for await (const chunk of sampler.chunks(initializer, shape, { ...options, range })) hash.update(chunk);
  return { ...entry, sha256: hash.digest('hex') };
}
