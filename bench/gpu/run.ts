import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkOutput } from '../../src/cli/output_file';
import { say, writeStdout } from '../../src/cli/streams';
import { platformHere, runtimeHere } from '../../src/cli/verify/host';
import { writeText } from '../../src/cli/write_text';
import { MACHINE_CASES } from '../../src/verify/machine/cases';
import { type MachineReport, reportOf } from '../../src/verify/machine/report';
import { commitOf } from '../report/commit';
import { exitOnSignals } from '../throughput/exit_on_signals';
import { packageOf } from '../throughput/package';
import { FULL_SIZES, type Sizes, SOFTWARE_SIZES } from './items';
import { findCard, type FoundCard } from './open';
import { GPU_HELP, type GpuOptions, parseGpuOptions } from './options';
import { summary } from './report';
import { type Conditions, faultsIn, FORMAT, type GpuResults } from './results';
import { type Measured, sayWhatIsMeasured, Session } from './session';
import { nvidiaKernelDriver } from './vulkan';

/**
 * The command.
 * @param script the URL of the bundled command, beside which gpu_child.js lies
 * @returns the exit code: 1 where this library's values are wrong, or something broke
 * @throws ArgumentError for a wrong argument
 */
export async function runGpu(words: readonly string[], script: string): Promise<number> {
  const options = parseGpuOptions(words);
  if (options === undefined) {
    await writeStdout(GPU_HELP);
    return 0;
  }
  if (options.pack !== undefined) {
    const { pack } = await import('./pack');
    await writeStdout(await pack(script, options.pack, options.out));
    return 0;
  }
  return benchmark(options, script);
}

async function benchmark(options: GpuOptions, script: string): Promise<number> {
  exitOnSignals();
  const begin = performance.now();
  const out = options.out ?? join('out', 'bench', 'gpu');
  const path = {
    json: join(out, 'results.json'),
    text: join(out, 'summary.txt'),
    verify: join(out, 'verify.json'),
  };
  const files = [...Object.values(path), ...(options.json?.file === undefined ? [] : [options.json.file])];
  for (const file of files) await checkOutput(file, true);

  say(`bench: looks for a card; at most ${options.minutes} min`);
  const child = new URL('./gpu_child.js', script);
  const carried = fileURLToPath(new URL('./lib', script));
  const { card, notes } = await findCard(child, options.adapter, carried);
  if (card === undefined) {
    for (const note of notes) say(`bench: ${note}`);
    throw new Error('there is no card, and no driver that computes on the CPU');
  }
  sayWhatIsMeasured(card, say);
  const software = card.about.adapter.software === true;
  if (software) for (const note of notes) say(`bench: ${note}`);
  const standard = software ? SOFTWARE_SIZES : FULL_SIZES;
  const sizes: Sizes = options.log2 === undefined ? standard : { ...standard, log2: options.log2 };

  const describe = conditionsOf(options, script, begin);
  const resultsOf = (measured: Measured, complete: boolean): GpuResults => {
    const { examined, ...rest } = measured;
    const conditions = describe();
    return {
      format: FORMAT,
      conditions,
      card: card.about,
      software,
      driver: {
        from: card.environment.from,
        env: card.environment.env,
        kernel: nvidiaKernelDriver() ?? null,
        notes,
      },
      sizes,
      ...rest,
      verify: verifyReport(card, conditions, script, measured),
      complete,
    };
  };
  const milliseconds = options.minutes * 60_000 - (performance.now() - begin);
  const session = new Session(card, child, sizes, options, Math.max(milliseconds, 0));
  // What is known is written now and then, in case that something ends the run.
  const measured = await session.run((known) => writeText(path.json, jsonOf(resultsOf(known, false))));
  const results = resultsOf(measured, true);

  const [json, text] = [jsonOf(results), summary(results)];
  await writeText(path.json, json);
  await writeText(path.text, text);
  if (results.verify !== null) await writeText(path.verify, jsonOf(results.verify));
  if (options.json?.file !== undefined) await writeText(options.json.file, json);
  say(`results: ${path.json}, ${path.text}${results.verify === null ? '' : `, ${path.verify}`}`);
  await writeStdout(options.json !== undefined && options.json.file === undefined ? json : text);
  return faultsIn(results.rows).length === 0 ? 0 : 1;
}

const jsonOf = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** What makes the conditions of a run, whose last members grow while it lasts. */
function conditionsOf({ minutes }: GpuOptions, script: string, begin: number): () => Conditions {
  const [before] = loadavg();
  const { version, checkout, commit: packed } = packageOf(script);
  const state = checkout === undefined ? undefined : commitOf(checkout);
  const { commit, dirty } = state ?? { commit: packed ?? `version ${version}`, dirty: false };
  const { system, architecture } = platformHere();
  const about = {
    date: new Date().toISOString(),
    commit,
    dirty,
    version,
    node: process.versions.node,
    webgpu: runtimeHere(script, true).webgpu?.replace('webgpu ', '') ?? null,
    system: `${system} ${architecture}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    minutes,
  };
  return () => ({
    ...about,
    load: [before, loadavg()[0]],
    seconds: (performance.now() - begin) / 1000,
  });
}

/** The contract's report, as `tensorseed verify` makes it, of a run that examined all of it. */
function verifyReport(
  { about }: FoundCard,
  { version, date }: Conditions,
  script: string,
  { examined, times }: Measured,
): MachineReport | null {
  if (examined.length < MACHINE_CASES.length) return null;
  const subject = {
    version,
    date,
    backend: 'gpu',
    description: about.description,
    adapter: about.adapter,
    runtime: runtimeHere(script, true),
    platform: platformHere(),
  } as const;
  return reportOf(subject, examined, times.find(({ part }) => part === 'contract')?.taken ?? 0);
}
