import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { oneLine } from '../../src/cli/faults';
import { duration, grouped, plural } from '../../src/text/numbers';
import { openSampler } from '../../src/cli/options';
import { Progress } from '../../src/cli/progress';
import { say, writeStdout } from '../../src/cli/streams';
import { ArgumentError } from '../../src/core/errors';
import { commitOf } from '../report/commit';
import { writeText } from '../../src/cli/write_text';
import { HELP, type Options, parseOptions } from './options';
import { type Examination, examineAll } from './pool';
import { json } from './report/json';
import { page } from './report/page';
import type { Setting } from './report/setting';
import { type Conditions, matrixOf } from './subject';
import { failures, verdictOf } from './verdict';

/**
 * The command. A wrong argument is one line on stderr and 2, a fault while running one line and 1.
 * @param script the URL of the bundled command, for the processes that share the work
 * @returns the exit code
 */
export async function run(words: readonly string[], script: string): Promise<number> {
  try {
    const options = parseOptions(words);
    if (options !== undefined) return await certify(options, script);
    await writeStdout(HELP);
    return 0;
  } catch (error) {
    say(`certify: ${oneLine(error)}`);
    return error instanceof ArgumentError ? 2 : 1;
  }
}

async function certify(options: Options, script: string): Promise<number> {
  const begin = performance.now();
  const sampler = await openSampler(options.backend);
  const conditions: Conditions = {
    count: options.count,
    seed: String(options.seed),
    backend: sampler.backend,
  };
  const description = sampler.description;
  sampler.destroy();

  const [rows, columns] = matrixOf(options.count);
  const subjects = options.subjects.filter(({ needs = 0 }) => options.count >= needs);
  for (const { name, needs = 0 } of options.subjects)
    if (options.count < needs) say(`${name} left out: its defect needs ${grouped(needs)} elements to show`);
  if (subjects.length === 0) throw new ArgumentError('--count is too small for what --only names');
  const examinations = await watched(script, subjects, conditions, rows * columns);

  const verdict = verdictOf(examinations);
  const setting: Setting = {
    date: new Date().toISOString(),
    commit: commit(),
    node: process.version,
    backend: conditions.backend,
    description,
    seed: conditions.seed,
    rows,
    columns,
    seconds: (performance.now() - begin) / 1000,
  };
  await writeText(join(options.out, 'index.html'), page(setting, verdict, examinations));
  await writeText(join(options.out, 'results.json'), json(setting, verdict, examinations));
  say(`report: ${join(options.out, 'index.html')}, after ${duration(setting.seconds)}`);
  say(
    `${plural(verdict.checks, 'check')} at 1e-6 each: any false alarm has a chance of at most ${verdict.falseAlarm.toExponential(1)}`,
  );
  await writeStdout(`${verdict.passed} passed, ${verdict.failed} failed\n`);
  return verdict.failed === 0 ? 0 : 1;
}

async function watched(
  script: string,
  subjects: Options['subjects'],
  conditions: Conditions,
  elements: number,
): Promise<Examination[]> {
  const total = subjects.reduce((sum, { tensors }) => sum + tensors * elements, 0);
  const running = new Set<string>();
  const progress = new Progress('certify', total);
  return examineAll(script, availableParallelism(), subjects, conditions, {
    begin: ({ name }) => running.add(name),
    progress: (more) => progress.add(more, 4 * more),
    end(examination) {
      running.delete(examination.subject.name);
      progress.end();
      say(summary(examination));
    },
  });
}

function summary(examination: Examination): string {
  const { subject, findings, seconds } = examination;
  const caught = failures(examination);
  const first = caught
    .slice(0, 3)
    .map(({ name, pValue }) => `${name} (p ${pValue.toExponential(1)})`)
    .join(', ');
  const more = caught.length > 3 ? ` and ${caught.length - 3} more` : '';
  const words = subject.broken
    ? caught.length > 0
      ? `caught by ${first}${more}`
      : 'NOT CAUGHT'
    : caught.length > 0
      ? `FAILED ${first}${more}`
      : `${plural(findings.results.length, 'check')} passed`;
  return `${subject.name}: ${words}, ${duration(seconds)}`;
}

/** The commit that is examined, marked where the tree has changes. */
function commit(): string {
  const found = commitOf('.');
  return found === undefined ? 'none' : found.commit + (found.dirty ? ' with changes' : '');
}
