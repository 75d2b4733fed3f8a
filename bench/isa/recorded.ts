import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeText } from '../../src/cli/write_text';
import type { Cost } from './cost';
import type { Measurement } from './measure';

/** The costs of an earlier version, by card and by the name of the case. */
export type Recorded = Readonly<Record<string, Readonly<Record<string, Cost>>>>;

/** @param checkout the folder of the project's sources */
export function readRecorded(checkout: string): Recorded {
  const file = fileIn(checkout);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recorded) : {};
}

/**
 * Writes what was measured. Other cards stay as they are, and other cases where only some were asked for.
 * @param complete whether all cases were measured
 */
export async function writeRecorded(
  checkout: string,
  before: Recorded,
  measured: readonly Measurement[],
  complete: boolean,
): Promise<void> {
  const after = recordOf(before, measured, complete);
  const cards = Object.keys(after).sort();
  const lines = cards.map((card) => {
    const names = Object.keys(after[card]).sort();
    const rows = names.map((name) => `    ${JSON.stringify(name)}: ${JSON.stringify(after[card][name])}`);
    return `  ${JSON.stringify(card)}: {\n${rows.join(',\n')}\n  }`;
  });
  await writeText(fileIn(checkout), `{\n${lines.join(',\n')}\n}\n`);
}

/** What there is after a measurement. */
export function recordOf(
  before: Recorded,
  measured: readonly Measurement[],
  complete: boolean,
): Record<string, Record<string, Cost>> {
  const after = Object.fromEntries(Object.entries(before).map(([card, costs]) => [card, { ...costs }]));
  if (complete) for (const { card } of measured) after[card.id] = {};
  for (const { one, card, cost } of measured)
    if (cost !== undefined) (after[card.id] ??= {})[one.name] = rounded(cost);
  return after;
}

/** Without digits that say nothing, and without classes of which there are no instructions. */
function rounded(cost: Cost): Cost {
  const round = (x: number): number => Math.round(x * 100) / 100;
  const instructions = Object.entries(cost.instructions)
    .map(([name, count]) => [name, round(count)] as const)
    .filter(([, count]) => count > 0);
  return { ...cost, cycles: round(cost.cycles), instructions: Object.fromEntries(instructions) };
}

function fileIn(checkout: string): string {
  return join(checkout, 'bench', 'isa', 'recorded.json');
}
