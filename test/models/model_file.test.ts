import { describe, expect, it } from 'vitest';
import { parseHeader } from '../../src/formats/safetensors_header';
import { Sampler } from '../../src/index';
import { bytesToRead, describeModel, type ModelFile, modelFile, parseModel } from '../../src/models';
import { MIXED } from '../cli/models';

const sampler = await Sampler.create({ backend: 'cpu' });

async function bytesOf(file: ModelFile, chunkBytes?: number): Promise<Uint8Array> {
  const parts = [file.header.slice()];
  for await (const { bytes } of file.chunks(sampler, { chunkBytes })) parts.push(bytes.slice());
  return new Uint8Array(Buffer.concat(parts));
}

describe('modelFile', () => {
  it('is a safetensors file with the bytes that fill gives each tensor, whatever the chunks', async () => {
    const file = modelFile(MIXED, { seed: 2n ** 63n });
    const bytes = await bytesOf(file);
    expect(bytes.length).toBe(file.byteLength);
    const { tensors } = parseHeader('x', bytes.subarray(8, file.header.length), bytes.length);
    for (const { name, shape, initializer, dtype } of describeModel(MIXED).tensors) {
      const { begin, end } = tensors.find((tensor) => tensor.name === name)!;
      const alone =
        name === 'words'
          ? undefined
          : await (await sampler.fill(initializer as string, shape, { seed: 2n ** 63n, name, dtype })).data();
      if (alone !== undefined)
        expect(Buffer.from(alone.buffer).equals(bytes.slice(begin, end)), name).toBe(true);
    }
    expect(Buffer.from(bytes).equals(await bytesOf(file, 1000))).toBe(true);
  });

  it('computes some of its tensors, in whatever order', async () => {
    const file = modelFile(MIXED, { seed: 1 });
    const [words, bias] = ['words', 'dense/bias'].map((name) =>
      file.tensors.find((tensor) => tensor.name === name)!,
    );
    const names: string[] = [];
    for await (const { tensor, start } of file.chunks(sampler, { tensors: [words, bias], chunkBytes: 2400 }))
      names.push(`${tensor.name} ${start}`);
    // The 5 words take 32 of the first chunk's bytes: tensors begin at whole 16.
    expect(names).toEqual(['words 0', 'dense/bias 0', 'dense/bias 592']);
    await expect(file.chunks(sampler, { tensors: [{ ...words }] }).next()).rejects.toThrow(
      'tensors must be of this file',
    );
  });

  it('stops where the signal says so', async () => {
    const controller = new AbortController();
    const read = async (): Promise<void> => {
      for await (const _ of modelFile('gpt2', { seed: 1 }).chunks(sampler, {
        chunkBytes: 2 ** 16,
        signal: controller.signal,
      }))
        controller.abort();
    };
    await expect(read()).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('lays out a model of any size without computing it', () => {
    const { byteLength, header, tensors } = modelFile('llama-3-8b', { seed: 0, dtype: 'bfloat16' });
    expect(byteLength).toBe(header.length + 2 * 8_030_261_248); // the published model's number of parameters
    expect(tensors).toHaveLength(291);
  });

  it('refuses wrong options at once, in one line', async () => {
    const refused = (options: object): string => {
      try {
        modelFile('gpt2', options as never);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    expect(refused({})).toBe('seed is missing: give an integer in [0, 2^64)');
    expect(refused({ seed: -1 })).toMatch(/^seed .*-1$/);
    expect(refused({ seed: 1, chunk: 2 })).toMatch(/chunk/);
    expect(refused({ seed: 1, dtype: 'uint32' })).toMatch(/^tensor "wte.weight": .*uint32/);
    await expect(
      modelFile('gpt2', { seed: 1 })
        .chunks({} as never)
        .next(),
    ).rejects.toThrow('sampler must be a Sampler');
    await expect(
      modelFile('gpt2', { seed: 1 })
        .chunks(sampler, { chunk: 1 } as never)
        .next(),
    ).rejects.toThrow('chunk');
  });
});

describe('bytesToRead', () => {
  const { header, byteLength } = modelFile('gpt2', { seed: 1 });

  it('asks of a safetensors file for its header alone, which is enough', () => {
    const count = bytesToRead('big.safetensors', header.subarray(0, 9), byteLength);
    expect(count).toBe(header.length);
    expect(parseModel('big.safetensors', header.subarray(0, count), { rules: 'gpt2' }).tensors).toHaveLength(
      148,
    );
  });

  it('asks for all of any other, and refuses what is no description of a model', () => {
    expect(bytesToRead('m.json', new TextEncoder().encode('{"tensors'), 5000)).toBe(5000);
    expect(() => bytesToRead('m.json', new Uint8Array(9), 2 ** 40)).toThrow(
      `m.json has ${2 ** 40} bytes, more than`,
    );
    expect(() => bytesToRead('m.safetensors', header.subarray(0, 9), 100)).toThrow(
      `m.safetensors is cut off`,
    );
  });
});
