import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { checkOutput } from '../../src/cli/output_file';
import { say, writeStdout } from '../../src/cli/streams';
import { commitOf } from '../report/commit';
import { writeText } from '../../src/cli/write_text';
import { judge } from './goals';
import { HELP, type Options, parseOptions } from './options';
import { packageOf } from './package';
import { type CaseChart, page } from './report/page';
import { text } from './report/text';
import type { Results } from './results';
import type { Measurement } from './row';
import { exitOnSignals } from './exit_on_signals';
import { measureAll } from './session';

/**
 * The command.
 * @param script the URL of the bundled command, beside which bench_child.js, bench_cold.js and gpu_child.js lie
 * @returns the exit code: 1 where this library's values are wrong, or it broke
 * @throws ArgumentError for a wrong argument
 */
export async function runBench(words: readonly string[], script: string): Promise<number> {
  if (words.includes('--isa')) {
    const { runIsa } = await import('../isa/run'); // It needs packages that an installed package does not bring.
    return runIsa(words, script);
  }
  if (words.includes('--gpu')) return (await import('../gpu/run')).runGpu(words, script);
  const options = parseOptions(words);
  if (options !== undefined) return benchmark(options, script);
  await writeStdout(HELP);
  return 0;
}

async function benchmark(options: Options, script: string): Promise<number> {
  exitOnSignals();
  const begin = performance.now();
  const [before] = loadavg();
  const html = join(options.out, 'index.html');
  const json = join(options.out, 'results.json');
  const files = [html, json, ...(options.json?.file === undefined ? [] : [options.json.file])];
  for (const path of files) await checkOutput(path, true);

  const { version, checkout } = packageOf(script);
  const state = checkout === undefined ? undefined : commitOf(checkout);
  const { commit, dirty } = state ?? { commit: `version ${version}`, dirty: false };
  const measured = await measureAll(options, script, checkout);
  const rows = measured.rows.map((row) => ({ ...row, commit, dirty }));
  const conditions = {
    date: new Date().toISOString(),
    commit,
    dirty,
    version,
    quick: options.quick,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    load: [before, loadavg()[0]] as const,
    seconds: (performance.now() - begin) / 1000,
  };
  const charts = await findCharts();
  if (charts === undefined) say(`bench: ${NO_CHARTS}`);
  const notes = charts === undefined ? [...measured.notes, NO_CHARTS] : measured.notes;
  const results: Results = { ...measured, notes, rows, conditions, goals: judge(rows) };

  const machine = `${JSON.stringify(results, null, 2)}\n`;
  await writeText(html, page(results, charts ?? (() => '')));
  await writeText(json, machine);
  if (options.json?.file !== undefined) await writeText(options.json.file, machine);
  say(`report: ${html}`);
  await writeStdout(options.json !== undefined && options.json.file === undefined ? machine : text(results));
  const bad = faults(rows);
  for (const row of bad) say(`${row.status}: ${row.host}, ${row.case}, ${row.maker}: ${row.reason}`);
  return bad.length === 0 ? 0 : 1;
}

const NO_CHARTS = 'charts left out: @observablehq/plot and linkedom, which draw them, are not installed';

/** What draws the charts, with packages that a checkout has and an installed package may lack. */
async function findCharts(): Promise<CaseChart | undefined> {
  try {
    return (await import('./report/charts')).caseChart;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * Rows for which the command fails: this library's, wrong or broken.
 * Of a peer's the report tells, too, but no change here mends them.
 */
export function faults(rows: readonly Measurement[]): Measurement[] {
  return rows.filter(({ status, role }) => role !== 'peer' && (status === 'wrong' || status === 'failed'));
}
