import { expect, it } from 'vitest';
import { link } from 'wesl/core';
import { addFloats, multiplyFloats } from '../../src/arithmetic/float_arithmetic';
import { initializers, type InitializerSpec, Key, Sampler } from '../../src/index';
import {
  exponential,
  gumbel,
  laplace,
  logistic,
  lognormal,
  permutation,
  rademacher,
} from '../../src/initializers/distributions';
import { functions, weslBundle } from '../../src/runtimes/shaders';
import { streamBlock } from '../../src/streams/stream';
import { describeGpu } from '../harness/describe';
import { TestRandom } from '../support/random';

const KEY = Key.from(0x123456789abcdef0n);

/** Elements around blocks, around 2^32 and far out. */
const STARTS = [0, 2 ** 32 - 60, 2 ** 34 - 7, 2 ** 53 - 1 - 200];
const COUNT = 120;

/** What the library's own tensor has there, as words. */
async function words(initializer: InitializerSpec, start: number): Promise<Uint32Array> {
  const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  const range = { start, count: COUNT };
  const tensor = await cpu.fill(initializer, [Number.MAX_SAFE_INTEGER], { seed: KEY, range });
  const data = await tensor.data();
  return new Uint32Array(data.buffer, data.byteOffset, COUNT);
}

/** A kernel for each element: `element` and the float `x` are its input, and the words of `results` its output. */
function kernel(prelude: string, results: readonly string[]): string {
  return `${prelude}
@group(0) @binding(0) var<storage, read_write> output: array<u32>;
@group(0) @binding(1) var<storage, read_write> input: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let key = vec2<u32>(input[0], input[1]);
  let from_word = 3u * id.x + 2u;
  if (from_word < arrayLength(&input)) {
    let element = vec2<u32>(input[from_word], input[from_word + 1u]);
    let x = bitcast<f32>(input[from_word + 2u]);
    ${results.map((result, i) => `output[${results.length}u * id.x + ${i}u] = ${result};`).join('\n    ')}
  }
}`;
}

const SIZES = [3, 120, 4_294_967_295];

/** The permutation of a size, at the elements from 0 on. */
async function permuted(size: number): Promise<number[]> {
  const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  const count = Math.min(size, COUNT);
  const options = { seed: KEY, dtype: 'uint32', range: { start: 0, count } } as const;
  const data = await (await cpu.fill(permutation({ size }), [size], options)).data();
  return Array.from({ length: COUNT }, (_, i) => Number(data[i % size]));
}

const SPECIAL = [0, 0x80000000, 1, 0x807fffff, 0x3f800000, 0x7f7fffff, 0x7f800000, 0xff800000, 0x7fc00000];
const random = new TestRandom(77);
const INPUTS = Array.from({ length: COUNT }, (_, i) => (i < SPECIAL.length ? SPECIAL[i] : random.word()));
const floatBits = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0];

/** The first word of an element that an attempt accepts. */
function accepted(element: number, accept: (word: number) => boolean): number {
  const out = new Uint32Array(4);
  for (let attempt = 0; ; attempt++) {
    const block = Math.floor(element / 4);
    streamBlock(KEY, block >>> 0, Math.floor(block / 2 ** 32), attempt, out);
    if (accept(out[element % 4])) return out[element % 4];
  }
}

/** The definition: the high word of word * span, where the low one is not less than 2^32 mod span. */
function randint(element: number, low: number, span: number): number {
  const word = accepted(
    element,
    (each) => (BigInt(each) * BigInt(span)) % 2n ** 32n >= 2n ** 32n % BigInt(span),
  );
  return (low + Number((BigInt(word) * BigInt(span)) >> 32n)) >>> 0;
}

describeGpu('functions of the shader library', (runner) => {
  const rate = { threshold: 0x40000000, scale: 4 / 3 };
  const cases = (name: (local: string) => string): string[] => [
    `${name('fold_at')}(key, element).x`,
    `${name('fold_at')}(key, element).y`,
    `bitcast<u32>(${name('truncated_normal_at')}(key, element))`,
    ...['-5, 11u', '0, 3000000000u', '7, 1u', '-2147483647 - 1, 0u'].map(
      (range) => `bitcast<u32>(${name('randint_at')}(key, element, ${range}))`,
    ),
    `bitcast<u32>(${name('dropout_at')}(key, element, ${rate.threshold}u, ${Math.fround(rate.scale)}f, x))`,
    `bitcast<u32>(${name('dropout_block')}(key, ${name('block_of')}(element), ${rate.threshold}u, ${Math.fround(rate.scale)}f, vec4(x))[element.x & 3u])`,
    `bitcast<u32>(${name('add_noise_at')}(key, element, 0.02f, x))`,
    `bitcast<u32>(${name('add_noise_block')}(key, ${name('block_of')}(element), 0.02f, vec4(x))[element.x & 3u])`,
    `bitcast<u32>(${name('add_noise_at')}(key, element, 1e-40f, x))`,
    `bitcast<u32>(${name('add_noise_at')}(key, element, 0f, x))`,
    `bitcast<u32>(${name('rademacher_at')}(key, element))`,
    ...['exponential', 'laplace', 'logistic', 'gumbel', 'lognormal'].flatMap((draw) => [
      `bitcast<u32>(${name(`${draw}_at`)}(key, element))`,
      `bitcast<u32>(${name(`${draw}_block`)}(key, ${name('block_of')}(element))[element.x & 3u])`,
    ]),
    ...SIZES.map((size) => `${name('permutation_at')}(key, id.x % ${size}u, ${size}u)`),
  ];

  async function expected(start: number): Promise<number[][]> {
    const elements = Array.from({ length: COUNT }, (_, i) => start + i);
    const bits = await words(initializers.bits(), start);
    const noise = async (stddev: number): Promise<number[]> => {
      const values = await words(initializers.randomNormal({ mean: 0, stddev }), start);
      return INPUTS.map((x, i) => addFloats(x, values[i]));
    };
    const dropped = INPUTS.map((x, i) =>
      bits[i] < rate.threshold ? 0 : multiplyFloats(x, floatBits(rate.scale)),
    );
    return [
      elements.map((n) => KEY.fold(n).lo),
      elements.map((n) => KEY.fold(n).hi),
      [...(await words(initializers.truncatedNormal({ mean: 0, stddev: 1 }), start))],
      elements.map((n) => randint(n, -5, 11)),
      elements.map((n) => randint(n, 0, 3_000_000_000)),
      elements.map(() => 7),
      [...bits].map((word) => (word + 2 ** 31) >>> 0),
      dropped,
      dropped,
      await noise(0.02),
      await noise(0.02),
      await noise(1e-40),
      INPUTS.map((x) => addFloats(x, 0)),
      [...(await words(rademacher(), start))],
      ...(
        await Promise.all(
          [exponential(), laplace(), logistic(), gumbel(), lognormal()].map((draw) => words(draw, start)),
        )
      ).flatMap((values) => [[...values], [...values]]),
      ...(await Promise.all(SIZES.map(permuted))),
    ];
  }

  /** So many results have a kernel, because SwiftShader takes long for large ones. */
  const PER_KERNEL = 4;

  async function check(
    codeOf: (results: readonly string[]) => Promise<string> | string,
    all: string[],
  ): Promise<void> {
    const codes = new Map<number, string>();
    for (let first = 0; first < all.length; first += PER_KERNEL)
      codes.set(first, await codeOf(all.slice(first, first + PER_KERNEL)));
    for (const start of STARTS) {
      const input = INPUTS.flatMap((x, i) => [(start + i) >>> 0, Math.floor((start + i) / 2 ** 32), x]);
      const columns = await expected(start);
      for (const [first, code] of codes) {
        const wanted = columns.slice(first, first + PER_KERNEL);
        const output = await runner().compute({
          code,
          input: [KEY.lo, KEY.hi, ...input],
          outputWords: wanted.length * COUNT,
          workgroups: Math.ceil(COUNT / 64),
        });
        for (const [k, column] of wanted.entries()) {
          const got = column.map((_, i) => output[wanted.length * i + k].toString(16));
          expect(got, `${all[first + k]} from ${start}`).toEqual(column.map((word) => word.toString(16)));
        }
      }
    }
  }

  const plain = (local: string): string => `tensorseed_${local}`;

  it('as plain WGSL before a kernel', () => check((results) => kernel(functions, results), cases(plain)));

  it('as WESL modules', () =>
    check(
      async (results) => {
        const names = new Set(results.flatMap((text) => text.match(/\w+_(?:at|block|of)\b/g)!));
        const imports = [...names]
          .map((name) => `import tensorseed::shaders::functions::${name};`)
          .join('\n');
        const weslSrc = { 'main.wgsl': kernel(imports, results) };
        return (await link({ rootModuleName: 'main', weslSrc, libs: [weslBundle] })).dest;
      },
      cases((local) => local),
    ));
});
