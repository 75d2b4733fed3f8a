import { join } from 'node:path';
import { say, writeStdout } from '../../src/cli/streams';
import { ArgumentError, show } from '../../src/core/errors';
import { plural } from '../../src/text/numbers';
import { readShaders } from '../../tools/wgsl_plugin';
import { packageOf } from '../throughput/package';
import { allTrials, casesOf, firstTrials, Shaders } from './cases';
import { compare, otherShaders } from './compare';
import { measure } from './measure';
import { HELP, parseOptions } from './options';
import { readRecorded, writeRecorded } from './recorded';
import { comparisonText, json, text } from './report';

/**
 * The command.
 * @param script the URL of the bundled command
 * @returns the exit code: 1 where a kernel is not compiled or its cost is not known, or where values differ
 * @throws ArgumentError for a wrong argument
 */
export async function runIsa(words: readonly string[], script: string): Promise<number> {
  const options = parseOptions(words);
  if (options === undefined) {
    await writeStdout(HELP);
    return 0;
  }
  const { checkout } = packageOf(script);
  if (checkout === undefined) throw new Error('--isa compiles the kernels of a checkout; run it from one');
  const note = (line: string): void => say(`bench: ${line}`);
  const shaders = new Shaders(readShaders(join(checkout, 'shaders')));
  if (options.compare !== undefined) {
    const others = otherShaders(options.compare, checkout);
    const trials = chosen(await allTrials(shaders.kernels, options.blocks), options.only);
    const compared = await compare(trials, shaders, others);
    await writeStdout(comparisonText(compared));
    return compared.every(({ difference, reason }) => (difference ?? reason) === undefined) ? 0 : 1;
  }
  const trials = firstTrials(await allTrials(shaders.kernels));
  for (const kernel of shaders.kernels) {
    if (!trials.some(({ dispatch }) => dispatch.params.kernel === kernel))
      note(`${kernel} is left out: no initializer in bench/isa/cases.ts draws with it`);
  }
  const cases = await casesOf(chosen(trials, options.only), shaders);
  note(`compiling ${plural(cases.length, 'kernel')} for ${plural(options.cards.length, 'card')}`);
  const measured = await measure(cases, options.cards, { checkout, cuda: options.cuda, note });
  const recorded = readRecorded(checkout);
  await writeStdout(options.json ? json(measured, recorded) : text(measured, recorded));
  if (options.record) await writeRecorded(checkout, recorded, measured, options.only === undefined);
  return measured.length > 0 && measured.every(({ cost }) => cost !== undefined) ? 0 : 1;
}

/** A name chooses the case that it names, and those that begin with it. */
function chosen<T extends { readonly name: string }>(
  cases: readonly T[],
  only: readonly string[] | undefined,
): T[] {
  if (only === undefined) return [...cases];
  for (const name of only) {
    if (!cases.some((one) => isIn(one.name, name)))
      throw new ArgumentError(
        `--only leaves no case, got ${show(name)}; the cases: ${[...new Set(cases.map((one) => one.name))].join(', ')}`,
      );
  }
  return cases.filter((one) => only.some((name) => isIn(one.name, name)));
}

function isIn(name: string, begin: string): boolean {
  return name === begin || name.startsWith(`${begin}/`);
}
