import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArgumentError, show } from '../core/errors';
import { asked, nearest, orKnown } from '../core/nearest';
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
import { FIRST_BYTES } from '../models/reading';
import { parseRules } from '../models/rules/rule';
import { onPath } from './faults';
import { checkRegular, readFirst, readWhole, withInputFile } from './input_file';

const MAX_RULES_BYTES = 2 ** 20;

/** Reads the model that a word of the command line names: a preset or a file. */
export async function readModel(argument: string, options: ModelOptions): Promise<LoadedModel> {
  if (PRESETS.includes(argument)) return describeModel(argument, options);
  const there = await found(argument);
  if (there === undefined)
    throw new ArgumentError(
      `there is no file and no preset ${show(argument)}${orKnown(argument, PRESETS, 'presets')}`,
    );
  checkRegular(show(argument), there);
  const bytes = await readDescription(argument);
  const headers = new Map<string, Uint8Array>();
  for (const name of filesBeside(argument, bytes))
    headers.set(name, await readDescription(join(dirname(argument), name)));
  return parseModel(argument, bytes, options, headers);
}

/**
 * Reads the value of --rules, which is the name of a published table or of a file with a list of
 * rules.
 */
export async function readRules(argument: string): Promise<string | RuleTable> {
  if (RULE_TABLES.includes(argument)) return argument;
  const there = await found(argument);
  if (there === undefined)
    throw new ArgumentError(
      `--rules must be a file or one of ${RULE_TABLES.join(', ')}, got ${show(argument)}${asked(nearest(argument, RULE_TABLES))}`,
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
