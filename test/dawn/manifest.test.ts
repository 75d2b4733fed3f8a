import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Draw, type Dtype, Key, Sampler } from '../../src/index';
import { describeGpu } from '../harness/describe';
import { fillBytes } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

/** What a program in another language has: the manifest of the built package. */
const manifest = JSON.parse(
  readFileSync(new URL('../../dist/shaders/manifest.json', import.meta.url), 'utf8'),
) as Manifest;

interface Member {
  name: string;
  type: string;
  offset: number;
}

interface Manifest {
  dispatch: { groupBytes: number; rowBytes: number; mostRows: number };
  overrides: Record<string, { default: number | boolean }>;
  structs: Record<string, { size: number; members: Member[] }>;
  declarations: string[];
  bindings: { group: number; binding: number; name: string; type: string; minSize: number }[];
  kernels: {
    name: string;
    body: number[];
    entryPoint: string;
    compactedEntryPoint?: string;
    bindings: number[];
    overrides: string[];
    parameters?: { size: number; members: Member[] };
    presets?: {
      draw: Draw;
      dtypes: Record<string, { overrides: Record<string, number>; words: number[] }>;
    }[];
  }[];
}

const BYTES: Record<string, number> = { float16: 2, bfloat16: 2, uint8: 1, int8: 1 };

const kernelOf = (name: string): Manifest['kernels'][number] =>
  manifest.kernels.find((kernel) => kernel.name === name)!;

/** The bindings of a kernel, and its uniform. */
const bindingsOf = (kernel: Manifest['kernels'][number]): Manifest['bindings'] =>
  kernel.bindings.map((place) => manifest.bindings[place]);
const uniformBindingOf = (name: string): Manifest['bindings'][number] =>
  bindingsOf(kernelOf(name)).find(({ type }) => type === 'uniform')!;

/** The byte at which a member begins, such as `at.key_lo`. */
function offsetOf(members: readonly Member[], path: string): number {
  const [first, ...rest] = path.split('.');
  const { offset, type } = members.find(({ name }) => name === first)!;
  return rest.length === 0 ? offset : offset + offsetOf(manifest.structs[type].members, rest.join('.'));
}

/** Where a row begins in the tensor and in the output, and how long it is. */
interface Row {
  key: Key;
  element: number;
  base: number;
  groups: number;
}

/** A uniform with rows, as the manifest lays it out. */
function uniformOf(name: string, rows: readonly Row[], perGroup: number, words: readonly number[]): number[] {
  const { parameters } = kernelOf(name);
  const { members } = parameters!;
  const uniform = new Uint32Array(uniformBindingOf(name).minSize / 4);
  rows.forEach(({ key, element, base, groups }, i) => {
    const start = (manifest.dispatch.rowBytes * i) / 4;
    const set = (path: string, value: number): void =>
      void (uniform[start + offsetOf(members, path) / 4] = value);
    const block = Math.floor(element / 4);
    const at = { key_lo: key.lo, key_hi: key.hi, lane: element % 4, groups, base };
    for (const [member, value] of Object.entries({
      ...at,
      block_lo: block % 2 ** 32,
      block_hi: Math.floor(block / 2 ** 32),
      first: 0,
      end: groups * perGroup,
    }))
      set(`at.${member}`, value);
    const after = members.find(({ name }) => name !== 'at');
    if (after !== undefined) uniform.set(words, start + after.offset / 4);
  });
  return [...uniform];
}

const textOf = (places: readonly number[]): string =>
  places.map((place) => manifest.declarations[place]).join('');

const GROUPS = [3, 40];

describeGpu('kernels that are run by their manifest alone', (runner) => {
  async function run(
    name: string,
    dtype: string,
    draw: Draw,
    { overrides, words }: { overrides: Record<string, number>; words: readonly number[] },
    start: number,
    math: 'exact' | 'native' = 'exact',
    entryPoint = kernelOf(name).entryPoint,
  ): Promise<void> {
    const { body, overrides: declared } = kernelOf(name);
    const perGroup = manifest.dispatch.groupBytes / (BYTES[dtype] ?? 4);
    const keys = [Key.from(42), Key.from(7).fold('w')];
    const rows = keys.map((key, i): Row => ({ key, element: start, base: i * GROUPS[0], groups: GROUPS[i] }));
    const constants: Record<string, number> = { ...overrides };
    if (declared.includes('REALIGN')) constants.REALIGN = Number(start % 4 !== 0);
    const output = await runner().compute({
      code: textOf(body),
      entryPoint,
      input: [0],
      uniform: uniformOf(name, rows, perGroup, words),
      uniformBinding: uniformBindingOf(name).binding,
      constants,
      outputWords: (manifest.dispatch.groupBytes / 4) * (GROUPS[0] + GROUPS[1]),
      workgroups: 1,
      rows: 2,
    });
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const bytes = new Uint8Array(output.buffer, output.byteOffset, output.byteLength);
    for (const [i, key] of keys.entries()) {
      const count = GROUPS[i] * perGroup;
      const request = { shape: [start + count], range: { start, count }, seed: String(key.value), math };
      const expected = await fillBytes(cpu, { ...request, initializer: { draw }, dtype: dtype as Dtype });
      const from = manifest.dispatch.groupBytes * rows[i].base;
      expectSameBytes(bytes.subarray(from, from + expected.length), expected, `${name} ${dtype} row ${i}`);
    }
  }

  const presets = manifest.kernels.flatMap(({ name, presets: of = [] }) =>
    of.flatMap(({ draw, dtypes }) =>
      Object.entries(dtypes).map(([dtype, preset]) => ({ name, draw, dtype, preset })),
    ),
  );

  const exact = presets.filter(({ name }) => !name.endsWith('native'));

  it.each(exact)('$name gives $draw of $dtype from its presets', async ({ name, draw, dtype, preset }) => {
    for (const start of [0, 1003, 2 ** 34 + 8]) await run(name, dtype, draw, preset, start);
  });

  it.each(exact.filter(({ name }) => kernelOf(name).compactedEntryPoint !== undefined))(
    '$name gives $draw of $dtype by its other entry point, too',
    async ({ name, draw, dtype, preset }) => {
      await run(name, dtype, draw, preset, 0, 'exact', kernelOf(name).compactedEntryPoint);
    },
  );

  it('normal gives those of any mean and deviation by integers with their exact values', async () => {
    const [mean, stddev] = [0.1, 0.02].map(Math.fround);
    // The mean and stddev / 2^28 as multiples of 2^-58, of which they are integers of 64 and of 32 bits.
    const [offset, scale] = [mean * 2 ** 58, stddev * 2 ** 30].map(BigInt);
    const words = [offset & 0xffffffffn, offset >> 32n, 0n, scale, 0n, -58n].map((word) =>
      Number(BigInt.asUintN(32, word)),
    );
    const draw: Draw = { kind: 'normal', mean: 0.1, stddev: 0.02 };
    for (const [dtype, FORMAT] of [
      ['float32', 0],
      ['bfloat16', 2],
    ] as const)
      await run('normal', dtype, draw, { overrides: { FORMAT, OFFSET_BITS: 64 }, words }, 5);
  });
});

it('the manifest has another entry point for the kernels that reject', () => {
  const found = manifest.kernels.filter(({ compactedEntryPoint }) => compactedEntryPoint !== undefined);
  expect(found.map(({ name }) => name).sort()).toEqual([
    'gamma',
    'normal_half',
    'randint',
    'truncated_normal',
    'truncated_normal_native',
  ]);
});

it('the manifest has the bindings and the overrides of every linked kernel', () => {
  for (const kernel of manifest.kernels) {
    const { body, name } = kernel;
    const code = textOf(body);
    expect(code).toContain('@compute');
    expect(Array.from(code.matchAll(/@binding\((\d+)\)/g), ([, binding]) => Number(binding)).sort()).toEqual(
      bindingsOf(kernel)
        .map(({ binding }) => binding)
        .sort(),
    );
    for (const override of kernelOf(name).overrides) expect(manifest.overrides[override]).toBeDefined();
  }
});
