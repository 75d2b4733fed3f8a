import { expect, it } from 'vitest';
import { link } from 'wesl/core';
import { initializers, type InitializerSpec, Key, Sampler } from '../../src/index';
import {
  DROPOUT_BACKWARD,
  DROPOUT_FORWARD,
  dropoutUniform,
  dropoutWorkgroups,
} from '../../examples/dropout.mjs';
import { functions, weslBundle } from '../../src/runtimes/shaders';
import { describeGpu } from '../harness/describe';

const KEY = Key.from(0x123456789abcdef0n);

/** Elements around blocks, around 2^32 and far out. */
const STARTS = [0, 1, 2 ** 32 - 6, 2 ** 34 - 7, 2 ** 53 - 1 - 64];

/** What the library's own tensor has there, as words. */
async function words(initializer: InitializerSpec, start: number, count: number): Promise<Uint32Array> {
  const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  const data = await (
    await cpu.fill(initializer, [Number.MAX_SAFE_INTEGER], { seed: KEY, range: { start, count } })
  ).data();
  return new Uint32Array(data.buffer, data.byteOffset, count);
}

/** Each function of an element, and of its block; the input is key, then element after element, as two words each. */
function kernel(name: (local: string) => string, prelude: string): string {
  const both = (kind: string, cast: (x: string) => string): string => `
    output[at] = ${cast(`${name(`${kind}_at`)}(key, element)`)};
    output[at + 1u] = ${cast(`${name(`${kind}_block`)}(key, ${name('block_of')}(element))[element.x & 3u]`)};
    at += 2u;`;
  return `${prelude}
@group(0) @binding(0) var<storage, read_write> output: array<u32>;
@group(0) @binding(1) var<storage, read_write> input: array<u32>;
// Names that the library uses inside, too: they must not clash.
fn radius(x: u32) -> u32 { return x; }
const PHILOX_M0 = 1u;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let key = vec2<u32>(input[0], input[1]);
  let from_word = 2u * id.x + 2u;
  if (from_word < arrayLength(&input)) {
    let element = vec2<u32>(input[from_word], input[from_word + radius(PHILOX_M0)]);
    var at = 7u * id.x;
    ${both('bits', (x) => x)}
    ${both('uniform', (x) => `bitcast<u32>(${x})`)}
    ${both('normal', (x) => `bitcast<u32>(${x})`)}
    output[at] = u32(${name('bernoulli_at')}(key, element, 0x40000000u));
  }
}`;
}

describeGpu('the shader library', (runner) => {
  async function check(code: string): Promise<void> {
    const count = 61;
    for (const start of STARTS) {
      const elements = Array.from({ length: count }, (_, i) => [
        (start + i) >>> 0,
        Math.floor((start + i) / 2 ** 32),
      ]);
      const output = await runner().compute({
        code,
        input: [KEY.lo, KEY.hi, ...elements.flat()],
        outputWords: 7 * count,
        workgroups: 1,
      });
      const kinds = [
        initializers.bits(),
        initializers.randomUniform({ minval: 0, maxval: 1 }),
        initializers.randomNormal({ mean: 0, stddev: 1 }),
      ];
      for (const [k, kind] of kinds.entries()) {
        const expected = [...(await words(kind, start, count))];
        for (const place of [2 * k, 2 * k + 1])
          expect(
            elements.map((_, i) => output[7 * i + place]),
            `${k} from ${start}`,
          ).toEqual(expected);
      }
      const expected = [...(await words(initializers.bits(), start, count))].map((word) =>
        Number(word < 0x40000000),
      );
      expect(elements.map((_, i) => output[7 * i + 6])).toEqual(expected);
    }
  }

  it('as plain WGSL before a kernel gives the tensor’s values', () =>
    check(kernel((name) => `tensorseed_${name}`, functions)));

  it('as WESL modules gives the same', async () => {
    const names = [
      'bits_at',
      'bits_block',
      'uniform_at',
      'uniform_block',
      'normal_at',
      'normal_block',
      'bernoulli_at',
      'block_of',
    ];
    const main = kernel(
      (name) => name,
      names.map((name) => `import tensorseed::shaders::functions::${name};`).join('\n'),
    );
    const linked = await link({ rootModuleName: 'main', weslSrc: { 'main.wgsl': main }, libs: [weslBundle] });
    await check(linked.dest);
  });
});

describeGpu('the example: dropout in kernels of one’s own', (runner) => {
  it.each([0.25, 0.5, 0])(
    'at rate %d, forward and backward agree with the CPU, and no mask is stored',
    async (rate) => {
      const key = Key.from(7).fold('layer_0/step_3');
      const count = 1003;
      const input = Float32Array.from({ length: count }, (_, i) => 2 ** ((i % 9) - 4)); // powers of two: products are exact
      const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
      const random = await (await cpu.fill(initializers.bits(), [count], { seed: key })).data();
      const scale = Math.fround(1 / (1 - rate));
      const expected = Array.from(input, (x, i) => (random[i] >= rate * 2 ** 32 ? scale * x : 0));
      for (const code of [DROPOUT_FORWARD, DROPOUT_BACKWARD]) {
        const output = await runner().compute({
          code,
          input: [...new Uint32Array(input.buffer)],
          uniform: [...dropoutUniform(key, rate)],
          outputWords: count,
          workgroups: dropoutWorkgroups(count),
        });
        expect([...new Float32Array(output.buffer, output.byteOffset, count)]).toEqual(expected); // the residual was 0
      }
      const kept = expected.filter((y) => y !== 0).length;
      const sigma = Math.sqrt(count * rate * (1 - rate));
      expect(Math.abs(kept - count * (1 - rate))).toBeLessThanOrEqual(5 * sigma);
    },
  );
});
