import { bytesPerElement } from '../../src/core/dtype';
import { grouped } from '../../src/text/numbers';
import { table } from '../../src/text/table';
import type { Comparison } from './compare';
import type { Measurement } from './measure';

/** The costs as a table for a terminal, and below it what has none. */
export function text(measured: readonly Measurement[]): string {
  const rows = measured.flatMap(({ one, card, cost }) => {
    if (cost === undefined) return [];
    const rate = card.laneCycles / cost.cycles;
    const share = (rate * bytesPerElement(one.dtype)) / card.bandwidth;
    return [
      [
        one.name,
        card.id,
        cost.cycles.toFixed(1),
        (rate / 1e9).toFixed(1),
        `${(100 * share).toFixed(0)} %`,
        String(cost.registers),
        String(cost.spills),
        String(cost.codeSize),
        Object.entries(cost.instructions)
          .filter(([, count]) => count > 0)
          .map(([name, count]) => `${name} ${count.toFixed(1)}`)
          .join(', '),
      ],
    ];
  });
  const columns = [
    { title: 'kernel' },
    { title: 'card' },
    { title: 'cycles', right: true },
    { title: 'G/s', right: true },
    { title: 'bandwidth', right: true },
    { title: 'registers', right: true },
    { title: 'spills', right: true },
    { title: 'bytes', right: true },
    { title: 'instructions an element' },
  ];
  const failures = measured
    .filter(({ cost }) => cost === undefined)
    .map(({ one, card, reason }) => `${one.name} on ${card.id}: ${reason}\n`);
  return (rows.length > 0 ? table(columns, rows) : '') + failures.join('');
}

/** A line for each kernel whose values were compared. */
export function comparisonText(compared: readonly Comparison[]): string {
  return compared.map((one) => `${one.name}: ${outcome(one)}\n`).join('');
}

function outcome({ values, difference, reason }: Comparison): string {
  if (reason !== undefined) return `NOT COMPARED: ${reason}`;
  if (difference === undefined) return values === 0 ? 'the same text' : `the same, ${grouped(values)} values`;
  const { draw, counter, lane, ours, other } = difference;
  return `DIFFERENT at counter ${counter}, lane ${lane} of ${draw}: ${hex(ours)} here, ${hex(other)} there`;
}

function hex(word: number): string {
  return `0x${word.toString(16).padStart(8, '0')}`;
}
