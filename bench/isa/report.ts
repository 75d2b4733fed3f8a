import { bytesPerElement } from '../../src/core/dtype';
import { table } from '../../src/text/table';
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
