import { describe, expect, it } from 'vitest';
import { boxMuller } from '../../src/arithmetic/box_muller';
import { FRACTION_BITS } from '../../src/arithmetic/normal_range';
import { float32Bits } from '../../src/arithmetic/round';
import { loadShaders, shaderOf } from '../../src/backends/gpu/pipelines/loaded_shaders';
import { paramsOf } from '../../src/backends/gpu/pipelines/params';
import { variantOf, WORKGROUP_SIZE } from '../../src/backends/gpu/pipelines/variant';
import { type Dtype, initializers, Sampler } from '../../src/index';
import { type Dispatch, GROUP_BYTES, GROUPS_PER_DISPATCH, plan } from '../../src/jobs/plan';
import { resolveRequest } from '../../src/jobs/resolve';
import { describeGpu } from '../harness/describe';
import { linkTestKernel } from '../harness/link';
import { fillBytes } from '../harness/request';
import { expectSameBytes } from '../support/bytes';
import { TestRandom } from '../support/random';

const HALVES = ['bfloat16', 'float16'] as const satisfies readonly Dtype[];

await loadShaders();

/** Pairs of words: where the octaves and their parts meet, where the angle is small, and any. */
function pairs(count: number): number[] {
  const random = new TestRandom(31);
  const near = (word: number): number => (word + random.below(5) - 2) >>> 0;
  const w0 = (): number => {
    const octave = 2 ** (random.word() % 33);
    const choice = random.below(4);
    return choice === 0
      ? near(Math.round((octave * 2) / 3))
      : choice === 1
        ? near(octave)
        : random.edgeWord();
  };
  const w1 = (): number => (random.below(2) === 0 ? random.word() : near(2 ** 29 * random.below(8)));
  return Array.from({ length: count }, () => [w0(), w1()]).flat();
}

describeGpu('normals in float16 and bfloat16', (runner) => {
  it('are estimated within the error that they are given', async () => {
    const input = pairs(2 ** 17);
    const code = await linkTestKernel(`
      import package::shared::box_muller_estimate::box_muller_estimate;
      @group(0) @binding(0) var<storage, read_write> output: array<u32>;
      @group(0) @binding(1) var<storage, read_write> input: array<u32>;
      @compute @workgroup_size(64)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) {
        let i = 4u * id.x;
        if (i >= arrayLength(&input)) { return; }
        let z = box_muller_estimate(vec2(input[i], input[i + 2u]), vec2(input[i + 1u], input[i + 3u]), 1.0);
        for (var k = 0u; k < 4u; k++) { output[i + k] = bitcast<u32>(z[k]); }
      }`);
    const words = await runner().compute({
      code,
      input,
      outputWords: input.length,
      workgroups: input.length / 256,
    });
    const estimates = new Float32Array(words.buffer, words.byteOffset, words.length);
    const exact = new Int32Array(2);
    let worst = 0;
    for (let i = 0; i < input.length; i += 2) {
      boxMuller(input[i], input[i + 1], exact, 0);
      for (const k of [0, 1]) {
        const z = exact[k] / 2 ** FRACTION_BITS;
        const error = Math.abs(estimates[i + k] - z) / (14 * 2 ** -23 * Math.abs(z) + 2 ** -24);
        if (!(error <= worst)) worst = error;
      }
    }
    expect(worst).toBeLessThan(1);
    expect(worst).toBeGreaterThan(0.05); // It is an estimate, and no twin.
  });

  describe.each(HALVES)('in %s', (dtype) => {
    const SHAPE = [2 ** 17];

    /** The halves that the kernel gives with other errors than the host gives it. */
    async function withErrors(relative: number, absolute: number): Promise<Uint16Array> {
      const initializer = initializers.randomNormal({ mean: 0, stddev: 0.02 });
      const job = resolveRequest({ initializer, shape: SHAPE, seed: 1, dtype });
      const bytes = 2 * SHAPE[0];
      const [dispatch]: Dispatch[] = plan(job, { size: bytes } as GPUBuffer, undefined, {
        workgroupSize: WORKGROUP_SIZE,
        groupsPerDispatch: GROUPS_PER_DISPATCH,
        fullWorkgroups: 1,
        limits: {
          maxStorageBufferBindingSize: 2 ** 27,
          minStorageBufferOffsetAlignment: 256,
          maxComputeWorkgroupsPerDimension: 65535,
        },
      });
      const { kernel, constants } = variantOf(dispatch);
      expect(kernel).toBe('normal_half');
      const errors: Record<string, number> = { relative, absolute };
      const uniform = new Array<number>(192).fill(0);
      paramsOf(dispatch).forEach(([name, word], i) => {
        uniform[i] = name in errors ? float32Bits(errors[name]) : word >>> 0;
      });
      const words = await runner().compute({
        code: shaderOf('normal_half').body,
        input: [0],
        uniform,
        uniformBinding: 1,
        constants,
        outputWords: bytes / 4,
        workgroups: bytes / GROUP_BYTES / WORKGROUP_SIZE / 8,
      });
      return new Uint16Array(words.buffer, words.byteOffset, SHAPE[0]);
    }

    async function expected(): Promise<Uint16Array> {
      const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
      const draw = { kind: 'normal', mean: 0, stddev: 0.02 } as const;
      const bytes = await fillBytes(cpu, { initializer: { draw }, shape: SHAPE, seed: '1', dtype });
      return new Uint16Array(bytes.buffer, bytes.byteOffset, SHAPE[0]);
    }

    it('are those of the CPU where all are undecided', async () => {
      expect(await withErrors(1, 1)).toEqual(await expected());
    });

    it('would be others here and there if estimates counted as exact', async () => {
      const [got, want] = [await withErrors(0, 0), await expected()];
      const wrong = got.filter((half, i) => half !== want[i]).length;
      expect(wrong).toBeLessThan(100);
      if (dtype === 'float16') expect(wrong).toBeGreaterThan(0);
    });

    it.each([
      { mean: 0, stddev: 1 },
      { mean: 0, stddev: 2 ** -16 }, // Most are subnormal in float16.
      { mean: 0, stddev: 9600 }, // The largest are close to the largest float16.
      { mean: 0.001, stddev: 1 },
      { mean: 1e-41, stddev: 2 ** -79 }, // The mean is subnormal. In float16 all is 0, with and without a sign.
      { mean: 60_000, stddev: 800 }, // Some are close to the largest float16.
      { mean: -3, stddev: 0.75 },
      { mean: 1.00390625, stddev: 0.0001 }, // The mean is between two of bfloat16.
      { mean: 2049, stddev: 1e-9 }, // The mean is between two of float16, and nearly all are undecided.
    ])('are those of the CPU for mean $mean and stddev $stddev', async ({ mean, stddev }) => {
      const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
      for (const seed of ['1', '2', '18446744073709551615']) {
        const request = { initializer: { draw: { kind: 'normal', mean, stddev } as const }, seed, dtype };
        const shape = { shape: [100_003], range: { start: 3, count: 99_997 } };
        expectSameBytes(
          await runner().fill({ ...request, ...shape }),
          await fillBytes(cpu, { ...request, ...shape }),
          seed,
        );
      }
    });
  });
});
