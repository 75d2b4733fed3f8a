import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArgumentError, show } from '../errors';
import { readExactly } from '../formats/safetensors_file';
import { headerLength } from '../formats/safetensors_header';
import { preset, PRESETS } from '../models/presets';
import { parseRules, type RuleTable } from '../models/rules/rule';
import { RULE_TABLES } from '../models/rules/tables';
import { describeModel, filesBeside, isSafetensors, type LoadedModel, MAX_MODEL_BYTES, type ModelOptions, parseModel } from '../models/source';
import { onFile } from './faults';

/** Of a .keras file, which is read as a whole, its weights too. */
const MAX_ARCHIVE_BYTES = 2 ** 30;
const MAX_RULES_BYTES = 2 ** 20;

/** The model that a word of the command line names: a preset or a file. */
export async function readModel(argument: string, options: ModelOptions): Promise<LoadedModel> {
  if (preset(argument) !== undefined) return describeModel(argument, options);
  const there = await stat(argument).catch(() => undefined);
  if (there === undefined) throw new ArgumentError(`there is no file and no preset ${show(argument)}; presets: ${PRESETS.join(', ')}`);
  if (!there.isFile()) throw new ArgumentError(`${show(argument)} is no file`);
  const bytes = await readDescription(argument);
  const headers = new Map<string, Uint8Array>();
  for (const name of filesBeside(argument, bytes)) headers.set(name, await readDescription(join(dirname(argument), name)));
  return parseModel(argument, bytes, options, headers);
}

/** The value of --rules: a published table's name, or a file with a list of rules. */
export async function readRules(argument: string): Promise<string | RuleTable> {
  if (RULE_TABLES.includes(argument)) return argument;
  const there = await stat(argument).catch(() => undefined);
  if (there === undefined) throw new ArgumentError(`--rules must be a file or one of ${RULE_TABLES.join(', ')}, got ${show(argument)}`);
  checkSize(argument, there.size, MAX_RULES_BYTES, 'rules');
  return parseRules(argument, await onFile(`cannot read ${argument}`, () => readFile(argument)));
}

/** A whole file, but of a safetensors file the header alone. */
export async function readDescription(path: string): Promise<Uint8Array> {
  return onFile(`cannot read ${path}`, async () => {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const first = await readFirst(file, path, Math.min(9, size));
      if (isSafetensors(first)) return await readFirst(file, path, 8 + headerLength(path, first, size));
      const isZip = first[0] === 0x50 && first[1] === 0x4b;
      checkSize(path, size, isZip ? MAX_ARCHIVE_BYTES : MAX_MODEL_BYTES, 'a model');
      return await readFirst(file, path, size);
    } finally {
      await file.close();
    }
  });
}

async function readFirst(file: FileHandle, path: string, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  await readExactly(file, path, bytes, 0);
  return bytes;
}

function checkSize(path: string, size: number, most: number, what: string): void {
  if (size > most) throw new ArgumentError(`${path} has ${size} bytes, more than ${most} for ${what}`);
}
