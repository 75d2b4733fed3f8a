import { describe, expect, it } from 'vitest';
import { parseHeader } from '../../src/formats/safetensors_header';
import { Sampler } from '../../src/index';
import {
  describeModel,
  initModel,
  type ModelFile,
  modelFile,
  type ModelFileOptions,
  type ModelSource,
  parseModel,
  type ReadBytes,
} from '../../src/models';
import { convert } from '../../src/models/convert';
import vectors from '../vectors/torch/converted.json';
import { ALL_SORTS, checkpointFile, KEEP_ALL, type Stored, stored } from './checkpoint_file';

const sampler = await Sampler.create({ backend: 'cpu' });
const FILE = checkpointFile(ALL_SORTS);
const HEADER = FILE.subarray(0, 8 + Number(new DataView(FILE.buffer, FILE.byteOffset).getBigUint64(0, true)));
const OPTIONS: ModelFileOptions = { rules: KEEP_ALL, seed: 7 };
const reads =
  (bytes: Uint8Array): ReadBytes =>
  async (_, begin, end) =>
    bytes.slice(begin, end);

async function bytesOf(file: ModelFile, options: Parameters<ModelFile['chunks']>[1] = {}): Promise<Buffer> {
  const parts: Uint8Array[] = [file.header.slice()];
  for await (const { bytes } of file.chunks(sampler, options)) parts.push(bytes.slice());
  return Buffer.concat(parts);
}

function tensorsOf(bytes: Uint8Array): Map<string, { dtype: string; shape: string; bytes: Buffer }> {
  const length = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const { tensors } = parseHeader('x', bytes.subarray(8, length), bytes.length);
  return new Map(
    tensors.map(({ name, dtype, shape, begin, end }) => [
      name,
      { dtype, shape: String(shape), bytes: Buffer.from(bytes.slice(begin, end)) },
    ]),
  );
}

const message = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('describeModel', () => {
  it('has the tensors that are copied beside the others, and the order of all', () => {
    const model = describeModel(FILE, { rules: KEEP_ALL });
    expect(model.names).toEqual(Object.keys(ALL_SORTS));
    expect(model.tensors.map(({ name }) => name)).toEqual(['head.weight', 'head.bias']);
    const steps = model.copies.find(({ name }) => name === 'steps')!;
    expect(steps).toMatchObject({ shape: [], count: 1, dtype: 'I64', stored: 'I64' });
    const { begin, end } = steps.place!;
    expect(Buffer.from(FILE.slice(begin, end))).toEqual(Buffer.from(ALL_SORTS.steps[2]));
    const lines: string[] = [];
    model.summary({ printFn: (line) => lines.push(line) });
    expect(lines.find((line) => line.startsWith('steps'))).toMatch(/I64 .* copy$/);
    expect(lines.find((line) => line.startsWith('head.bias'))).toMatch(/float32 .* he_normal$/);
  });

  it('names the file of each tensor of an index', () => {
    const files = {
      'a.safetensors': checkpointFile({ x: ALL_SORTS.nan }),
      'b.safetensors': checkpointFile({ y: ALL_SORTS.steps }),
    };
    const index = { weight_map: { y: 'b.safetensors', x: 'a.safetensors' } };
    const { copies } = describeModel({ index, headers: files }, { rules: [{ pattern: '*', copy: true }] });
    expect(copies.map(({ name, place }) => [name, place!.file])).toEqual([
      ['y', 'b.safetensors'],
      ['x', 'a.safetensors'],
    ]);
  });
});

describe('modelFile', () => {
  it('has the bytes of the source in each copied tensor, whatever the chunks and the way to read them', async () => {
    const whole = await bytesOf(modelFile(FILE, OPTIONS));
    const copied = tensorsOf(whole);
    expect([...copied.keys()].sort()).toEqual(Object.keys(ALL_SORTS).sort());
    for (const [name, [dtype, shape, bytes]] of Object.entries(ALL_SORTS)) {
      expect(copied.get(name), name).toMatchObject({ dtype, shape: String(shape) });
      if (!name.startsWith('head')) expect(copied.get(name)!.bytes, name).toEqual(Buffer.from(bytes));
    }
    const alone = await sampler.fill('he_normal', [4, 3], { seed: 7, name: 'head.weight' });
    expect(copied.get('head.weight')!.bytes).toEqual(Buffer.from((await alone.data()).buffer));
    const read = reads(FILE);
    for (const chunkBytes of [16, 50, 2 ** 20])
      expect(whole.equals(await bytesOf(modelFile(HEADER, OPTIONS), { read, chunkBytes }))).toBe(true);
    const largest: number[] = [];
    for await (const { bytes } of modelFile(HEADER, OPTIONS).chunks(sampler, { read, chunkBytes: 16 }))
      largest.push(bytes.length);
    expect(Math.max(...largest)).toBe(16);
  });

  it('copies from several files, and some tensors alone', async () => {
    const files: Record<string, Uint8Array> = {
      'a.safetensors': checkpointFile({ x: ALL_SORTS.positions, w: ALL_SORTS['head.weight'] }),
      'b.safetensors': checkpointFile({ y: ALL_SORTS.steps }),
    };
    const weight_map = { x: 'a.safetensors', w: 'a.safetensors', y: 'b.safetensors' };
    const headers = Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [name, bytes.subarray(0, bytes.length - 1)]),
    );
    const asked: (string | undefined)[] = [];
    const file = modelFile(
      { index: { weight_map }, headers },
      { rules: [{ pattern: '*', copy: true }], seed: 1 },
    );
    const read: ReadBytes = (name, begin, end) => {
      asked.push(name);
      return files[name!].slice(begin, end);
    };
    const copied = tensorsOf(await bytesOf(file, { read }));
    for (const [name, [, , bytes]] of [
      ['x', ALL_SORTS.positions],
      ['w', ALL_SORTS['head.weight']],
      ['y', ALL_SORTS.steps],
    ] as [string, Stored][])
      expect(copied.get(name)!.bytes).toEqual(Buffer.from(bytes));
    // What lies in the bytes that were given is not read.
    expect(asked).toEqual(['b.safetensors', 'a.safetensors']);
    const some = file.copies.filter(({ name }) => name === 'y');
    const names: string[] = [];
    for await (const { tensor } of file.chunks(sampler, { tensors: some, read })) names.push(tensor.name);
    expect(names).toEqual(['y']);
  });

  it('converts floats as torch does, and leaves other types', async () => {
    for (const { from, bytes, to } of vectors.cases)
      for (const [dtype, right] of Object.entries(to)) {
        const got = Buffer.from(convert(Buffer.from(bytes, 'hex'), from as never, dtype as never));
        expect(withoutNaN(got, dtype), `${from} to ${dtype}`).toBe(
          withoutNaN(Buffer.from(right, 'hex'), dtype),
        );
      }
    const { packed: _, sixths: __, ...others } = ALL_SORTS;
    const file = modelFile(checkpointFile(others), { ...OPTIONS, dtype: 'bfloat16' });
    const copied = tensorsOf(await bytesOf(file, { chunkBytes: 32 }));
    for (const name of ['steps', 'flags.mask', 'complex', 'bytes', 'nan'])
      expect(copied.get(name)).toMatchObject({
        dtype: ALL_SORTS[name][0],
        bytes: Buffer.from(ALL_SORTS[name][2]),
      });
    for (const name of ['positions', 'halves', 'doubles', 'eighths']) {
      const { dtype, bytes } = copied.get(name)!;
      expect(dtype).toBe('BF16');
      expect(bytes).toEqual(Buffer.from(convert(ALL_SORTS[name][2], ALL_SORTS[name][0], 'BF16')));
    }
  });

  it.each<[string, ModelSource, Partial<ModelFileOptions>, string]>([
    [
      'a header as JSON',
      { steps: { dtype: 'I64', shape: [], data_offsets: [0, 8] } },
      {},
      'tensor "steps" is to be copied, but a header as JSON does not say where its bytes are: give the file, or its first bytes up to the end of the header',
    ],
    [
      'floats as integers',
      FILE,
      { dtype: 'uint32' },
      'tensor "head.weight" of the model has dtype F32, and a copy is not converted to uint32; give float32, float16 or bfloat16, or no dtype to keep its own',
    ],
    [
      'packed floats as others',
      checkpointFile({ q: stored('F4', [2], 1) }),
      { dtype: 'float32' },
      'tensor "q" of the model has dtype F4, and a copy is not converted from it; give no dtype, so that it keeps its own',
    ],
  ])('refuses %s at once', async (_, source, options, right) => {
    const rules = [{ pattern: '**', copy: true }];
    expect(await message(() => modelFile(source, { rules, seed: 1, ...options }))).toBe(right);
  });

  it('refuses what cannot be read before the first chunk, and bytes that are others', async () => {
    const file = modelFile(parseModel('m.safetensors', HEADER, { rules: KEEP_ALL }), { seed: 1 });
    const first = (read?: unknown): Promise<string> =>
      message(() => file.chunks(sampler, { read: read as ReadBytes }).next());
    expect(await first()).toMatch(
      /^tensor ".*" is to be copied, but the source has its header only: give the option read/,
    );
    expect(await first('m.safetensors')).toBe(
      'read must be a function (file, begin, end) => bytes, got "m.safetensors"',
    );
    expect(await first(() => undefined)).toMatch(
      /^read must give bytes \[\d+, \d+\) of the source for tensor .*, got undefined$/,
    );
    expect(await first((_: undefined, begin: number, end: number) => FILE.slice(begin, end - 1))).toMatch(
      /^read gave 7 bytes, not the 8 bytes \[\d+, \d+\) of the source for tensor "steps": the file is cut off/,
    );
    // A file that is cut off within the tensors has those before.
    const cut = modelFile(FILE.subarray(0, FILE.length - 1), OPTIONS);
    expect(await message(() => cut.chunks(sampler).next())).toContain('tensor "bytes" is to be copied');
    const controller = new AbortController();
    controller.abort();
    await expect(
      modelFile(FILE, OPTIONS).chunks(sampler, { signal: controller.signal }).next(),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('initModel', () => {
  const { positions, nan, halves } = ALL_SORTS;
  const tensors = { nan, 'head.weight': ALL_SORTS['head.weight'], halves, positions };
  const source = checkpointFile(tensors);

  it('has copied tensors among the others, with the values of the source', async () => {
    const shares: number[] = [];
    const onProgress = (share: number): void => void shares.push(share);
    const model = await initModel(source, { rules: KEEP_ALL, seed: 7, sampler, onProgress });
    expect(model.names).toEqual(Object.keys(tensors));
    expect(model.weights.map(({ dtype }) => dtype)).toEqual(['bfloat16', 'float32', 'float16', 'float32']);
    for (const { name, initializer, tensor } of model.weights) {
      const { buffer, byteOffset, byteLength } = await tensor.data();
      if (initializer === undefined)
        expect(Buffer.from(buffer, byteOffset, byteLength), name).toEqual(Buffer.from(ALL_SORTS[name][2]));
      else expect(name).toBe('head.weight');
    }
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(await message(() => model.getConfig())).toContain(
      'does not have the values of copied tensors, such as "nan"',
    );
    expect(model.summary({ printFn: () => {} })).toMatch(/positions .* copy/);
  });

  it('says what to do about other types than floats, and frees what it has made', async () => {
    expect(await message(() => initModel(FILE, { rules: KEEP_ALL, seed: 7, sampler }))).toBe(
      'tensor "flags.mask" has dtype BOOL, which is copied to a file only: use modelFile, or leave it out with the rule {"pattern":"flags.mask","skip":true}',
    );
    const read = (): Uint8Array => new Uint8Array(1);
    const header = source.subarray(0, source.length - 1);
    expect(await message(() => initModel(header, { rules: KEEP_ALL, seed: 7, sampler, read }))).toContain(
      'read gave 1 bytes',
    );
    expect(await message(() => initModel(header, { rules: KEEP_ALL, seed: 7, sampler }))).toContain(
      'give the option read',
    );
  });
});

/** The elements in hexadecimal, with one word for what is no number, whose bits nobody defines. */
function withoutNaN(bytes: Buffer, dtype: string): string {
  const words =
    dtype === 'F32'
      ? [...new Uint32Array(new Uint8Array(bytes).buffer)]
      : [...new Uint16Array(new Uint8Array(bytes).buffer)];
  const most = { F32: 0x7f800000, F16: 0x7c00, BF16: 0x7f80 }[dtype]!;
  const magnitude = dtype === 'F32' ? 0x7fffffff : 0x7fff;
  return words.map((word) => ((word & magnitude) > most ? 'NaN' : word.toString(16))).join(' ');
}
