import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js';
import { bytesPerElement } from '../../src/core/dtype';
import { Key } from '../../src/streams/key';
import type { Draw } from '../../src/distributions/draw';
import type { MathMode } from '../../src/distributions/math';
import { distributionOf, type Kernel, parameters } from '../../src/distributions/parameters';
import { GROUP_BYTES, plan } from '../../src/jobs/plan';
import { entryPointOf, overridesOf } from '../../src/backends/gpu/pipelines/stage';
import { variantOf, WORKGROUP_SIZE } from '../../src/backends/gpu/pipelines/variant';
import { loadSampling } from '../../src/initializers/loading';
import { loadShaders, shaderOf } from '../../src/backends/gpu/pipelines/loaded_shaders';
import { BUFFERS } from '../../src/backends/gpu/orthogonal/qr';
import { QR_SHADERS } from '../../src/backends/gpu/orthogonal/shaders';
import { ROW_BYTES } from '../../src/backends/gpu/commands/uniforms';
import { ROWS } from '../../src/backends/gpu/commands/rows';
import { paramsOf } from '../../src/backends/gpu/pipelines/params';
import {
  PANEL,
  PANEL_MEMBERS,
  type QrKernel,
  THREADS,
  TILE_COLUMNS,
  TILE_ROWS,
} from '../../src/jobs/qr_plan';
import { readShaders } from '../../tools/wgsl_plugin';

const page = readFileSync(new URL('../../docs/shaders.md', import.meta.url), 'utf8');

/** Each kernel with a draw that leads to it in its first dtype, or in halves. */
const KERNELS: readonly (readonly [Kernel, Draw, MathMode])[] = [
  ['constant', { kind: 'constant', value: 1 }, 'exact'],
  ['bernoulli', { kind: 'bernoulli', probability: 0.5 }, 'exact'],
  ['bernoulli_packed', { kind: 'bernoulli_packed', probability: 0.5 }, 'exact'],
  ['bits', { kind: 'bits' }, 'exact'],
  ['permutation', { kind: 'permutation', size: 100 }, 'exact'],
  ['sparse', { kind: 'sparse', rows: 3, columns: 3, zeros: 1, stddev: 1 }, 'exact'],
  [
    'copy',
    { kind: 'stft', side: 'real', window: 'hann', periodic: false, scaling: null, frames: 2, frequencies: 2 },
    'exact',
  ],
  ['poisson', { kind: 'poisson', rate: 3 }, 'exact'],
  ['randint', { kind: 'randint', low: 0, high: 100 }, 'exact'],
  ['uniform', { kind: 'uniform', low: 0, high: 1 }, 'exact'],
  ['normal', { kind: 'normal', mean: 0, stddev: 1 }, 'exact'],
  ['normal_half', { kind: 'normal', mean: 0, stddev: 1 }, 'exact'],
  ['normal_native', { kind: 'normal', mean: 0, stddev: 1 }, 'native'],
  ['truncated_normal', { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -2, upper: 2 }, 'exact'],
  [
    'truncated_normal_native',
    { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -2, upper: 2 },
    'native',
  ],
  ['exponential', { kind: 'exponential', scale: 1 }, 'exact'],
  ['gumbel', { kind: 'gumbel', loc: 0, scale: 1 }, 'exact'],
  ['laplace', { kind: 'laplace', loc: 0, scale: 1 }, 'exact'],
  ['logistic', { kind: 'logistic', loc: 0, scale: 1 }, 'exact'],
  ['gamma', { kind: 'gamma', concentration: 0.5, scale: 1 }, 'exact'],
  ['lognormal', { kind: 'lognormal', mean: 0, stddev: 1 }, 'exact'],
  ['eye', { kind: 'eye', rows: 3, columns: 3, value: 1 }, 'exact'],
  ['orthogonal', { kind: 'orthogonal', rows: 3, columns: 3, gain: 1, offset: 0 }, 'exact'],
];

/** The kernels that draw again what they reject. */
const REJECTING: readonly Kernel[] = [
  'normal_half',
  'randint',
  'truncated_normal',
  'truncated_normal_native',
  'gamma',
];

await loadShaders();
await loadSampling();

/** Offsets of the struct's scalar members, nested ones as 'outer.inner'. */
function offsets(
  members: readonly { name: string; offset: number; type: { members?: unknown } }[],
  prefix = '',
  base = 0,
): [string, number][] {
  return members.flatMap((member): [string, number][] =>
    member.type.members === undefined
      ? [[prefix + member.name, base + member.offset]]
      : offsets(member.type.members as never, `${prefix}${member.name}.`, base + member.offset),
  );
}

describe.each(KERNELS)('%s', (kernel, draw, math) => {
  const dtype = kernel === 'normal_half' ? 'bfloat16' : distributionOf(draw).dtypes[0];
  const params = parameters(draw, dtype, math);
  // One element of a group: an edge. Then a whole one: a body.
  const steps = [1, GROUP_BYTES / bytesPerElement(dtype)].flatMap((count) =>
    plan(
      {
        range: { start: 0, count },
        dtype,
        key: Key.from(1),
        stretches: [{ params, range: { start: 0, count } }],
        byteOffset: 0,
      },
      { size: GROUP_BYTES } as GPUBuffer,
      undefined,
      {
        workgroupSize: WORKGROUP_SIZE,
        groupsPerDispatch: 1,
        fullWorkgroups: 1,
        limits: {
          maxStorageBufferBindingSize: 2 ** 27,
          minStorageBufferOffsetAlignment: 256,
          maxComputeWorkgroupsPerDimension: 65535,
        },
      },
    ),
  );

  it('is the kernel that the draw leads to', () => {
    expect(params.kernel).toBe(kernel);
    expect(steps.map((step) => step.variant)).toEqual(['edge', 'body']);
  });

  it.each(steps)(
    'agrees with the host on bindings, offsets, overrides and workgroup size: $variant',
    (step) => {
      const code = shaderOf(kernel)[step.variant];
      const reflect = new WgslReflect(code);

      const [output, ...inputs] = [...reflect.storage].sort((a, b) => a.binding - b.binding);
      const operands = { orthogonal: 'matrix', poisson: 'table', copy: 'values' };
      const operand = kernel in operands ? operands[kernel as keyof typeof operands] : undefined;
      expect(inputs.map(({ group, binding, name, access }) => [group, binding, name, access])).toEqual(
        operand === undefined ? [] : [[0, 2, operand, 'read']],
      );
      expect([output.group, output.binding, output.access]).toEqual([0, 0, 'read_write']);
      const stride = (output.type as unknown as { stride: number }).stride;
      expect(stride).toBe(step.variant === 'body' ? GROUP_BYTES : 4);

      const [rows] = reflect.uniforms;
      expect(reflect.uniforms).toHaveLength(1);
      expect([rows.group, rows.binding, rows.name]).toEqual([0, 1, 'rows']);
      const array = rows.type as unknown as {
        size: number;
        stride: number;
        format: { members: { name: string; type: { members: never[] } }[] };
      };
      expect([array.size, array.stride]).toEqual([ROWS * ROW_BYTES, ROW_BYTES]);
      expect(array.format.members.map(({ name }) => name)).toEqual(['params']);
      const declared = offsets(array.format.members[0].type.members);
      const host = paramsOf(step)
        .map(([name], index): [string, number] => [name, 4 * index])
        .filter(([name]) => name !== '');
      expect(host).toEqual(declared);

      const constants = { ...variantOf(step).constants, ...overridesOf(code, undefined) };
      expect(reflect.overrides.map((override) => override.name).sort()).toEqual(
        Object.keys(constants).sort(),
      );

      const documented = Array.from(page.matchAll(/`(\w+)`/g), ([, name]) => name);
      const names = [
        kernel,
        rows.name,
        ...declared.flatMap(([name]) => name.split('.')),
        ...Object.keys(constants),
        ...[output, ...inputs].map(({ name }) => name),
      ];
      expect(
        names.filter((name) => !documented.includes(name)),
        'missing in docs/shaders.md',
      ).toEqual([]);

      const rejects = REJECTING.includes(kernel) && step.variant === 'body';
      expect(reflect.entry.compute.map((entry) => entry.name)).toEqual(
        rejects ? ['main', 'main_compacted'] : ['main'],
      );
      expect(entryPointOf(code, false)).toBe('main');
      expect(entryPointOf(code, true)).toBe(rejects ? 'main_compacted' : 'main');
      expect(code).toContain('@workgroup_size(WORKGROUP_SIZE)');
      expect(constants.WORKGROUP_SIZE).toBe(WORKGROUP_SIZE);
    },
  );
});

describe.each(Object.keys(QR_SHADERS) as QrKernel[])('qr/%s', (kernel) => {
  const reflect = new WgslReflect(QR_SHADERS[kernel]);

  it('agrees with the host on bindings and offsets', () => {
    for (const { name, group, binding, access } of reflect.storage) {
      expect([group, name, access]).toEqual([0, BUFFERS[binding], 'read_write']);
    }
    const [uniform] = reflect.uniforms;
    expect(reflect.uniforms).toHaveLength(1);
    expect([uniform.group, uniform.binding]).toEqual([0, BUFFERS.length]);
    const declared = offsets((uniform.type as unknown as { members: never[] }).members);
    expect(declared).toEqual(PANEL_MEMBERS.map((name, index) => [name, 4 * index]));
  });

  it('has one entry point, and the workgroups that the host counts with', () => {
    expect(reflect.entry.compute.map((entry) => entry.name)).toEqual(['main']);
    const text = Object.values(readShaders()).join('\n');
    for (const [name, value] of Object.entries({ PANEL, TILE_ROWS, TILE_COLUMNS }))
      expect(text).toContain(`const ${name}: u32 = ${value}u;`);
    if (kernel === 'apply_triangle' || kernel === 'unpack')
      expect(QR_SHADERS[kernel]).toContain(`@workgroup_size(${THREADS})`);
  });
});

it.each(Object.entries(readShaders()))(
  '%s gives no local the name of a function that it sees',
  (_, source) => {
    // The linker renames the function in some bundles, but not its calls beside such a local.
    const names = (pattern: RegExp) => Array.from(source.matchAll(pattern), ([, name]) => name);
    const imported = names(/^import [\w:]*::([^;:]+);/gm).flatMap((path) => path.match(/\w+/g) ?? []);
    const functions = new Set([...imported, ...names(/\bfn (\w+)/g)]);
    expect(names(/\b(?:let|var|const) (\w+)/g).filter((name) => functions.has(name))).toEqual([]);
  },
);
