import { stat } from 'node:fs/promises';
import { ArgumentError, show } from '../../core/errors';
import { PRESETS, rulesTemplate } from '../../models';
import { AUTO } from '../../models/rules/tables';
import { grouped, plural } from '../../text/numbers';
import { printable } from '../../text/printable';
import type { Arguments } from '../arguments';
import { readConfig, readModelFile, readRules } from '../model_argument';
import { say, writeStdout } from '../streams';
import { writeText } from '../write_text';

/** What has an effect beside --rules-template. */
const TAKEN = ['rules', 'config', 'rules-template'];

/**
 * `tensorseed init FILE --rules-template RULES.json` writes a list of rules for the tensors of a file, to be edited.
 * @returns the exit code
 */
export async function writeTemplate(args: Arguments): Promise<number> {
  const [model] = args.positionals;
  const idle = [...args.values.keys(), ...args.flags].find(
    (name) => !TAKEN.includes(name) && name !== 'force',
  );
  if (idle !== undefined) throw new ArgumentError(`--${idle} has no effect beside --rules-template`);
  if (PRESETS.includes(model))
    throw new ArgumentError(`${model} is a preset, which needs no rules: --rules-template is for files`);
  const path = args.values.get('rules-template')!;
  const given = args.values.get('rules');
  const rules = given === undefined ? undefined : await readRules(given);
  const config = await readConfig(model, rules ?? AUTO, args.values.get('config'));
  const { bytes, headers } = await readModelFile(model);
  const { template, notes } = rulesTemplate(model, bytes, { rules, config }, headers);
  for (const note of notes) say(printable(note));
  const text = `[\n${template.map((rule) => `  ${JSON.stringify(rule)}`).join(',\n')}\n]\n`;
  if (path === '-') await writeStdout(text);
  else {
    if (!args.flags.has('force') && (await exists(path)))
      throw new ArgumentError(`--rules-template ${show(path)} is there already; --force overwrites it`);
    await writeText(path, text);
  }
  const open = template.filter(({ initializer }) => initializer === null).length;
  say(`${plural(template.length, 'rule')}, ${grouped(open)} of them without an initializer`);
  return 0;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
