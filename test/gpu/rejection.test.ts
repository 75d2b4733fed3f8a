import { expect, it } from 'vitest';
import { parameterWords } from '../../src/backends/gpu/commands/uniforms';
import { loadShaders } from '../../src/backends/gpu/pipelines/loaded_shaders';
import { entryPointOf } from '../../src/backends/gpu/pipelines/stage';
import { variantOf, WORKGROUP_SIZE } from '../../src/backends/gpu/pipelines/variant';
import { bytesPerElement } from '../../src/core/dtype';
import { type Draw, type Dtype, type MathMode, Sampler } from '../../src/index';
import { loadSampling } from '../../src/initializers/loading';
import { type Dispatch, GROUP_BYTES, plan } from '../../src/jobs/plan';
import { resolveRequest } from '../../src/jobs/resolve';
import { describeGpu } from '../harness/describe';
import { asLibraryRequest, fillBytes, type FillRequest } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

/** Whole groups of a tensor. */
interface Row {
  readonly draw: Draw;
  readonly start: number;
  readonly groups: number;
}

/** So few that invocations have more than one mask of long rows, and that the second has nothing of short ones. */
const WORKGROUPS = 2;

const HALVES: readonly Dtype[] = ['float32', 'float16', 'bfloat16'];

const truncated = (lower: number, upper: number): Draw => ({
  kind: 'truncated_normal',
  mean: 0.5,
  stddev: 0.25,
  lower,
  upper,
});
const gamma = (concentration: number): Draw => ({ kind: 'gamma', concentration, scale: 1 });
const randint = (high: number, low = 0): Draw => ({ kind: 'randint', low, high });

const CASES: readonly { readonly draws: readonly Draw[]; readonly dtypes: readonly Dtype[] }[] = [
  // The usual window, one that rejects 93 % and one that rejects 97 %.
  { draws: [truncated(-2, 2), truncated(1.5, Infinity), truncated(1.8, 2.4)], dtypes: HALVES },
  { draws: [gamma(0.5), gamma(1), gamma(50)], dtypes: ['float32', 'bfloat16'] },
  { draws: [randint(2 ** 31 + 1), randint(6), randint(3_000_000_000)], dtypes: ['uint32'] },
  { draws: [randint(100), randint(50, -50), randint(3, -125)], dtypes: ['int8'] },
];

/** A single group, groups for a few invocations, and more than an invocation takes at once. */
const GROUPS = [1, 63, 130, 9 * WORKGROUP_SIZE + 5, 17 * WORKGROUP_SIZE + 1];

await loadShaders();
await loadSampling();

describeGpu('rejected elements, redrawn by their own invocation and through a queue', (runner) => {
  const requestOf = ({ draw, start, groups }: Row, dtype: Dtype, math: MathMode): FillRequest => {
    const count = groups * (GROUP_BYTES / bytesPerElement(dtype));
    return {
      initializer: { draw },
      shape: [start + count],
      range: { start, count },
      dtype,
      math,
      seed: '1311768467463790320',
    };
  };

  /** The bytes of the rows of one dispatch, one after the other. */
  async function run(
    rows: readonly Row[],
    dtype: Dtype,
    compacts: boolean,
    math: MathMode = 'exact',
  ): Promise<Uint8Array> {
    let base = 0;
    const dispatches = rows.map((row): Dispatch => {
      const job = resolveRequest(asLibraryRequest(requestOf(row, dtype, math)));
      const [dispatch, ...more] = plan(
        { ...job, byteOffset: GROUP_BYTES * base },
        { size: 2 ** 27 } as GPUBuffer,
        undefined,
        {
          workgroupSize: WORKGROUP_SIZE,
          groupsPerDispatch: 2 ** 22,
          fullWorkgroups: 1,
          limits: {
            maxStorageBufferBindingSize: 2 ** 27,
            minStorageBufferOffsetAlignment: 256,
            maxComputeWorkgroupsPerDimension: 65535,
          },
        },
      );
      expect([dispatch.variant, dispatch.groups, more]).toEqual(['body', row.groups, []]);
      base += row.groups;
      return dispatch;
    });
    const variants = dispatches.map(variantOf);
    expect(new Set(variants.map(({ id }) => id)).size).toBe(1);
    const [{ code, constants }] = variants;
    const entryPoint = entryPointOf(code, compacts);
    expect(entryPoint).toBe(compacts ? 'main_compacted' : 'main');
    const output = await runner().compute({
      code,
      entryPoint,
      input: [0],
      uniform: [...parameterWords([dispatches]).words],
      uniformBinding: 1,
      constants,
      outputWords: (GROUP_BYTES / 4) * base,
      workgroups: WORKGROUPS,
      rows: rows.length,
    });
    return new Uint8Array(output.buffer, output.byteOffset, output.byteLength);
  }

  const rowsOf = (draws: readonly Draw[], start: number): Row[] =>
    GROUPS.map((groups, i) => ({ draw: draws[i % draws.length], start: start + 4 * i, groups }));

  const cases = CASES.flatMap(({ draws, dtypes }) =>
    dtypes.flatMap((dtype) =>
      [0, 1003].map((start) => ({ kind: draws[0].kind, dtype, start, rows: rowsOf(draws, start) })),
    ),
  );

  it.each(cases)('$kind in $dtype from element $start on', async ({ dtype, rows }) => {
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const expected = await Promise.all(rows.map((row) => fillBytes(cpu, requestOf(row, dtype, 'exact'))));
    for (const compacts of [false, true]) {
      const bytes = await run(rows, dtype, compacts);
      expectSameBytes(bytes, Buffer.concat(expected), compacts ? 'through a queue,' : 'each its own,');
    }
  });

  it.each(HALVES)(
    'native truncated normals in %s are the same both ways, but for rounding',
    async (dtype) => {
      const rows = rowsOf([truncated(-2, 2), truncated(1.5, Infinity)], 0);
      const [own, queue] = await Promise.all(
        [false, true].map((compacts) => run(rows, dtype, compacts, 'native')),
      );
      const patterns = ({ buffer }: Uint8Array): number[] =>
        Array.from(new (dtype === 'float32' ? Uint32Array : Uint16Array)(buffer as ArrayBuffer));
      // A compiler may round otherwise in each, and a candidate at a bound is then rejected in one alone.
      const [a, b] = [patterns(own), patterns(queue)];
      const far = a.reduce((sum, bits, i) => sum + Number(Math.abs(bits - b[i]) > 4096), 0);
      expect(far).toBeLessThan(a.length / 1000);
    },
  );
});
