import {
  bytesToRead,
  filesBeside,
  type LoadedModel,
  type ModelOptions,
  needsRules,
  parseModel,
} from '../../models';
import { few } from '../../text/few';

/** What was read from the visitor's files. It suffices to describe the model again with other rules. */
export interface OpenedModel {
  readonly label: string;
  /** Whether there are only names and shapes, so that rules must say what fills the tensors. */
  readonly needsRules: boolean;
  describe(options: ModelOptions): LoadedModel;
}

/** So many bytes from the beginning of a file suffice for `bytesToRead`. */
const FIRST_BYTES = 9;

/**
 * Reads the files that describe a model: one file, or an index together with the files that it names. Of a
 * safetensors file only the header is read.
 * @throws ArgumentError in one line, where they describe no model
 */
export async function readFiles(files: readonly File[]): Promise<OpenedModel> {
  const read = await Promise.all(files.map(async (file) => ({ file, bytes: await firstBytes(file) })));
  const main = read.find(({ file, bytes }) => filesBeside(file.name, bytes).length > 0) ?? read[0];
  const { name } = main.file;
  const others = read.filter((one) => one !== main);
  const wanted = filesBeside(name, main.bytes);
  const stray = others.find(({ file }) => !wanted.includes(file.name));
  if (stray !== undefined) throw new Error(`One model at a time: ${stray.file.name} is no part of ${name}.`);
  const headers = new Map(others.map(({ file, bytes }) => [file.name, bytes]));
  const missing = wanted.filter((file) => !headers.has(file));
  if (missing.length > 0)
    throw new Error(
      `${name} is an index: choose the files that it names together with it. Missing: ${few(missing)}.`,
    );
  return {
    label: name,
    needsRules: needsRules(name, main.bytes),
    describe: (options) => parseModel(name, main.bytes, options, headers),
  };
}

async function firstBytes(file: File): Promise<Uint8Array> {
  const first = await slice(file, FIRST_BYTES);
  return slice(file, bytesToRead(file.name, first, file.size));
}

async function slice(file: File, count: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, count).arrayBuffer());
}
