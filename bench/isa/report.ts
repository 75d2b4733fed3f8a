import { bytesPerElement } from '../../src/core/dtype';
import { grouped } from '../../src/text/numbers';
import { type Column, table } from '../../src/text/table';
import type { Comparison } from './compare';
import type { Measurement } from './measure';
import type { Recorded } from './recorded';

const COLUMNS: readonly Column[] = [
  { title: 'kernel' },
  { title: 'card' },
  { title: 'cycles', right: true },
  { title: 'recorded', right: true },
  { title: 'ratio', right: true },
  { title: 'G/s', right: true },
  { title: 'of bandwidth', right: true },
  { title: 'registers', right: true },
  { title: 'spills', right: true },
  { title: 'bytes', right: true },
  { title: 'instructions an element' },
];

/** The costs beside the recorded ones as a table for a terminal, and below it what has none. */
export function text(measured: readonly Measurement[], recorded: Recorded): string {
  const rows = measured.flatMap((measurement) => {
    const { one, card, cost } = measurement;
    if (cost === undefined) return [];
    const { elementsPerSecond, bandwidthShare } = speedOf(measurement);
    const before = recorded[card.id]?.[one.name];
    const beside = (now: number, then: number | undefined): string =>
      then === undefined || then === now ? String(now) : `${then} -> ${now}`;
    return [
      [
        one.name,
        card.id,
        cost.cycles.toFixed(1),
        before === undefined ? 'none' : before.cycles.toFixed(1),
        before === undefined ? '' : (cost.cycles / before.cycles).toFixed(3),
        (elementsPerSecond / 1e9).toFixed(1),
        bandwidthShare < 1 ? `${(100 * bandwidthShare).toFixed(0)} %` : 'all of it',
        beside(cost.registers, before?.registers),
        beside(cost.spills, before?.spills),
        beside(cost.codeSize, before?.codeSize),
        Object.entries(cost.instructions)
          .filter(([, count]) => count > 0)
          .map(([name, count]) => `${name} ${count.toFixed(1)}`)
          .join(', '),
      ],
    ];
  });
  const failures = measured
    .filter(({ cost }) => cost === undefined)
    .map(({ one, card, reason }) => `${one.name} on ${card.id}: ${reason}\n`);
  return (rows.length > 0 ? table(COLUMNS, rows) : '') + failures.join('');
}

/** The same as JSON: an object for each kernel and card. */
export function json(measured: readonly Measurement[], recorded: Recorded): string {
  const rows = measured.map((measurement) => {
    const { one, card, cost, reason } = measurement;
    const { name, kernel, dtype, constants } = one;
    const at = { name, kernel, dtype, constants, card: card.id };
    if (cost === undefined) return { ...at, reason };
    return { ...at, ...cost, ...speedOf(measurement), recorded: recorded[card.id]?.[name] ?? null };
  });
  return `${JSON.stringify(rows, null, 2)}\n`;
}

/** What the cycles make of a card that has nothing else to do. */
function speedOf({ one, card, cost }: Measurement): { elementsPerSecond: number; bandwidthShare: number } {
  const elementsPerSecond = card.laneCycles / cost!.cycles;
  return {
    elementsPerSecond,
    bandwidthShare: (elementsPerSecond * bytesPerElement(one.dtype)) / card.bandwidth,
  };
}

/** A line for each kernel whose values were compared. */
export function comparisonText(compared: readonly Comparison[]): string {
  return compared.map((one) => `${one.name}: ${outcome(one)}\n`).join('');
}

function outcome({ values, difference, reason }: Comparison): string {
  if (reason !== undefined) return `NOT COMPARED: ${reason}`;
  if (difference === undefined) return values === 0 ? 'the same text' : `the same, ${grouped(values)} values`;
  const { draw, counter, lane, size, ours, other } = difference;
  const hex = (word: number): string => `0x${word.toString(16).padStart(2 * size, '0')}`;
  return `DIFFERENT at counter ${counter}, lane ${lane} of ${draw}: ${hex(ours)} here, ${hex(other)} there`;
}
