import { bytesPerElement } from '../core/dtype';
import { printable } from '../text/printable';
import { stddevOf } from '../statistics/moments';
import { table } from '../text/table';
import { fillingLabel } from '../models/parts';
import type { ResolvedTensor } from '../models/resolved';
import { type Checked, elementsOf, type Run, type Timing } from './model_run';
import { byteRate, duration, elementRate, grouped, plural, shapeText, statistic } from '../text/numbers';

/** What the reading back found, tensor by tensor, the totals and the verdict, which stands where all tensors are right. */
export function report(
  run: Run,
  fileBytes: number,
  timings: readonly Timing[],
  checked: ReadonlyMap<string, Checked>,
): string {
  const isRight = run.tensors.every(({ name }) => checked.get(name)!.mismatch === undefined);
  return `${tensorTable(run.listed, checked)}\n${summarize(run, fileBytes, timings)}${isRight ? verdict(run) : ''}`;
}

function tensorTable(tensors: readonly ResolvedTensor[], checked: ReadonlyMap<string, Checked>): string {
  const rows = tensors.map(({ name, shape, dtype, count, initializer }) => {
    const { moments, mismatch } = checked.get(name)!;
    const { mean, min, max } = moments.finite > 0 ? moments : { mean: NaN, min: NaN, max: NaN };
    const numbers = [mean, stddevOf(moments), min, max].map(statistic);
    return [
      name,
      shapeText(shape),
      dtype,
      grouped(count),
      ...numbers,
      fillingLabel(initializer),
      mismatch ? 'DIFFERS' : 'ok',
    ];
  });
  const right = true;
  return table(
    [
      { title: 'tensor' },
      { title: 'shape' },
      { title: 'dtype' },
      { title: 'count', right },
      { title: 'mean', right },
      { title: 'stddev', right },
      { title: 'min', right },
      { title: 'max', right },
      { title: 'initializer' },
      { title: 'check' },
    ],
    rows,
  );
}

/** The totals and the rates. */
export function summarize({ label, tensors }: Run, fileBytes: number, timings: readonly Timing[]): string {
  const elements = elementsOf(tensors);
  const bytes = tensors.reduce((total, { count, dtype }) => total + count * bytesPerElement(dtype), 0);
  const rows = timings.map(({ label: part, seconds, by }) => [
    part,
    duration(seconds),
    elementRate(elements, seconds),
    byteRate(bytes, seconds),
    by,
  ]);
  const right = true;
  const rates = table(
    [
      { title: '' },
      { title: 'time', right },
      { title: 'elements', right },
      { title: 'bytes', right },
      { title: '' },
    ],
    rows,
  );
  return `${printable(label)}: ${plural(tensors.length, 'tensor')}, ${plural(elements, 'element')}, ${grouped(fileBytes)} bytes\n${rates}`;
}

function verdict({ tensors, options: { math } }: Run): string {
  const floats = tensors.filter(
    ({ stretches, shape }) => stretches[0].initializer.resolve(shape).kind === 'orthogonal',
  ).length;
  const total = tensors.length;
  const but = floats === 0 ? '' : `, but for ${grouped(floats)} orthogonal, within the bound of float32 sums`;
  return math === 'exact'
    ? `verified: ${grouped(total)} of ${plural(total, 'tensor')} equal to the CPU reference, bit for bit${but}\n`
    : `verified: ${grouped(total)} of ${plural(total, 'tensor')} within the bound of --math native from the CPU reference${but}\n`;
}
