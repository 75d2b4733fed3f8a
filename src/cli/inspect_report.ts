import { grouped, shapeText, statistic } from '../text/numbers';
import { table } from '../text/table';

/**
 * What is known of a tensor. The statistics are those of its finite values, and null where it has
 * none.
 */
export interface InspectedTensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly count: number;
  readonly mean: number | null;
  readonly std: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly nan: number | null;
  readonly infinite: number | null;
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] } | null;
}

const LEVELS = '▁▂▃▄▅▆▇█';

/** JSON with one line for each tensor. */
export function jsonText(head: object, tensors: readonly InspectedTensor[]): string {
  const lines = tensors.map(({ histogram, ...tensor }) => {
    const bins = histogram && { edges: histogram.edges, counts: histogram.counts };
    return `\n  ${JSON.stringify({ ...tensor, histogram: bins })}`;
  });
  return `${JSON.stringify(head).slice(0, -1)},"tensors":[${lines.join(',')}\n]}\n`;
}

export function tensorTable(tensors: readonly InspectedTensor[]): string {
  const rows = tensors.map((tensor) => [
    tensor.name,
    tensor.dtype,
    shapeText(tensor.shape),
    grouped(tensor.count),
    ...[tensor.mean, tensor.std, tensor.min, tensor.max].map(statistic),
    [picture(tensor), ...notes(tensor)].join(' '),
  ]);
  const right = true;
  return table(
    [
      { title: 'tensor' },
      { title: 'dtype' },
      { title: 'shape' },
      { title: 'count', right },
      { title: 'mean', right },
      { title: 'std', right },
      { title: 'min', right },
      { title: 'max', right },
      { title: 'histogram, min to max' },
    ],
    rows,
  );
}

/** Draws the histogram. A bin that holds any value is visible, however few it holds. */
function picture({ histogram }: InspectedTensor): string {
  if (histogram === null) return '';
  const most = histogram.counts.reduce((a, b) => Math.max(a, b), 0);
  const level = (count: number): string =>
    LEVELS[Math.min(LEVELS.length - 1, Math.ceil((count / most) * (LEVELS.length - 1)))];
  return histogram.counts.map((count) => (count === 0 ? ' ' : level(count))).join('');
}

function notes({ nan, infinite, dtype, histogram, count }: InspectedTensor): string[] {
  if (nan === null || infinite === null) return [`no statistics for ${dtype}`];
  const found: string[] = [];
  if (nan > 0) found.push(`${grouped(nan)} NaN`);
  if (infinite > 0) found.push(`${grouped(infinite)} infinite`);
  if (histogram === null && count === 0) found.push('empty');
  return found;
}
