import { readSync, type Stats } from 'node:fs';
import { type FileHandle, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArgumentError, show } from '../core/errors';
import { asked, nearest, orKnown } from '../core/nearest';
import type { ByteSource } from '../formats/byte_source';
import { decodeUtf8, parseJson } from '../formats/json';
import {
  bytesToRead,
  describeModel,
  filesBeside,
  type LoadedModel,
  type ModelOptions,
  parseModel,
  PRESETS,
  RULE_TABLES,
  type RuleTable,
} from '../models';
import { SAVED_MODEL } from '../models/foreign_files';
import { isReadInParts, loadReaderFor } from '../models/reader';
import { FIRST_BYTES } from '../models/reading';
import { parseRules } from '../models/rules/rule';
import { AUTO } from '../models/rules/tables';
import { parseSource } from '../models/source';
import { onPath } from './faults';
import { checkRegular, readFirst, readWhole, withInputFile } from './input_file';

const MAX_RULES_BYTES = 2 ** 20;
const MAX_CONFIG_BYTES = 2 ** 22;

/** A file that describes a model, as far as it was read. */
export interface ModelBytes {
  readonly bytes: Uint8Array;
  /** For an index, the first bytes of each file that it names. */
  readonly headers: ReadonlyMap<string, Uint8Array>;
}

/** Reads the model that a word of the command line names: a preset or a file. */
export async function readModel(argument: string, options: ModelOptions): Promise<LoadedModel> {
  if (PRESETS.includes(argument)) return describeModel(argument, options);
  await checkModelFile(argument);
  const model = await readInParts(argument, options);
  if (model !== undefined) return model;
  const { bytes, headers } = await readModelFile(argument);
  return parseModel(argument, bytes, options, headers);
}

/** A model from a .keras or HDF5 file, of which only what is needed is read; undefined for any other file. */
function readInParts(path: string, options: ModelOptions): Promise<LoadedModel | undefined> {
  return withInputFile(path, async (file) => {
    const { size } = await file.stat();
    const first = await readFirst(file, path, Math.min(FIRST_BYTES, size));
    if (!isReadInParts(first)) return undefined;
    await loadReaderFor(first);
    return parseSource(path, sourceIn(file, path, size), options);
  });
}

/** The bytes of an open file. They are read at once, because the reader of HDF5 files cannot wait. */
function sourceIn(file: FileHandle, path: string, byteLength: number): ByteSource {
  return {
    byteLength,
    read(start, length) {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const count = readSync(file.fd, bytes, done, length - done, start + done);
        if (count === 0) throw new ArgumentError(`${path} was cut off while it was read`);
        done += count;
      }
      return bytes;
    },
  };
}

/** @throws ArgumentError where no file is at a path */
async function checkModelFile(argument: string): Promise<void> {
  const there = await found(argument);
  if (there === undefined)
    throw new ArgumentError(
      `there is no file and no preset ${show(argument)}${orKnown(argument, PRESETS, 'presets')}`,
    );
  if (there.isDirectory() && (await found(join(argument, 'saved_model.pb'))) !== undefined)
    throw new ArgumentError(`${show(argument)} is ${SAVED_MODEL}`);
  checkRegular(show(argument), there);
}

/** Reads the file that a word of the command line names. */
export async function readModelFile(argument: string): Promise<ModelBytes> {
  await checkModelFile(argument);
  const bytes = await readDescription(argument);
  await loadReaderFor(bytes);
  const headers = new Map<string, Uint8Array>();
  for (const name of filesBeside(argument, bytes))
    headers.set(name, await readDescription(join(dirname(argument), name)));
  return { bytes, headers };
}

/** The names of the configurations of transformers and diffusers, and of peft. */
const CONFIGS = ['config.json', 'adapter_config.json'];

/**
 * Reads the config.json of a checkpoint, where rules depend on one.
 * @param model the word of the command line that names the model
 * @param given the value of --config; without it, the file is looked for beside the model
 */
export async function readConfig(
  model: string,
  rules: string | RuleTable | undefined,
  given: string | undefined,
): Promise<object | undefined> {
  if (given === undefined && (!dependsOnConfig(rules) || PRESETS.includes(model))) return undefined;
  for (const path of given === undefined ? CONFIGS.map((name) => join(dirname(model), name)) : [given]) {
    if (given === undefined && (await found(path)) === undefined) continue;
    const text = decodeUtf8(path, await readWhole(path, MAX_CONFIG_BYTES, 'a configuration'));
    const json = parseJson(path, text, { depth: 100, integers: false, nonFinite: true });
    if (json instanceof Map) return json;
    throw new ArgumentError(`${path} must hold the object of a config.json, got ${show(json)}`);
  }
  return undefined;
}

/** Whether rules take anything from a config.json. */
function dependsOnConfig(rules: string | RuleTable | undefined): boolean {
  if (rules === undefined) return false;
  return (
    typeof rules === 'string' ||
    rules.some(
      (rule) => typeof rule === 'string' || rule.padding === 'config' || rule.residuals !== undefined,
    )
  );
}

/**
 * Reads the value of --rules, which is the name of a published table or of a file with a list of
 * rules.
 */
export async function readRules(argument: string): Promise<string | RuleTable> {
  if (RULE_TABLES.includes(argument) || argument === AUTO) return argument;
  const there = await found(argument);
  if (there === undefined)
    throw new ArgumentError(
      `--rules must be a file, ${AUTO}, or one of ${RULE_TABLES.join(', ')}, got ${show(argument)}${asked(nearest(argument, RULE_TABLES))}`,
    );
  return parseRules(argument, await readWhole(argument, MAX_RULES_BYTES, 'rules'));
}

/** What is at a path; undefined where nothing is. */
async function found(path: string): Promise<Stats | undefined> {
  return onPath(`cannot read ${path}`, () =>
    stat(path).catch((error: NodeJS.ErrnoException) => {
      if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(error.code!)) return undefined;
      throw error;
    }),
  );
}

/** Reads a whole file, but of a safetensors file only the header. */
export async function readDescription(path: string): Promise<Uint8Array> {
  return withInputFile(path, async (file) => {
    const { size } = await file.stat();
    const first = await readFirst(file, path, Math.min(FIRST_BYTES, size));
    return readFirst(file, path, bytesToRead(path, first, size));
  });
}
