import type { MathMode } from '../../index';
import { fillingLabel } from '../../models';
import { isCopied } from '../../models/copied';
import { inOrderOf } from '../../models/in_order_of';
import { ownName } from '../../models/tensor_table';
import { stddevOf } from '../../statistics/moments';
import { byteRate, duration, elementRate, grouped, plural, shapeText, statistic } from '../../text/numbers';
import { printable } from '../../text/printable';
import { table } from '../../text/table';
import { isBitwise } from '../../verify/comparison';
import { sizeText } from '../size_text';
import type { Timing } from '../stopwatch';
import { countOf } from './copies';
import { elementsOf, type ModelOutput, workOf } from './model_output';
import type { CheckResult } from './element_check';

/**
 * Says what was found in each tensor, how long everything took and, if all tensors are right, the
 * verdict.
 * @param checked what was found in each tensor, by its name
 */
export function report(
  outputs: readonly ModelOutput[],
  timings: readonly Timing[],
  checked: ReadonlyMap<string, CheckResult>,
): string {
  const isRight = [...checked.values()].every(({ mismatch }) => mismatch === undefined);
  const times = summarize(outputs, timings);
  return `${tensorTable(outputs, checked)}\n${times}${isRight ? verdict(outputs, checked) : ''}`;
}

function tensorTable(outputs: readonly ModelOutput[], checked: ReadonlyMap<string, CheckResult>): string {
  const listed = outputs.flatMap((output) => inOrderOf(output.listed, output.plan.tensors));
  const rows = listed.map((tensor) => {
    const { name, shape, dtype, count } = tensor;
    const { moments, mismatch } = checked.get(name)!;
    const { mean, min, max } = moments.finite > 0 ? moments : { mean: NaN, min: NaN, max: NaN };
    const numbers = [mean, stddevOf(moments), min, max].map(statistic);
    return [
      name,
      shapeText(shape),
      ownName(dtype),
      grouped(count),
      ...numbers,
      isCopied(tensor) ? 'copy' : fillingLabel(tensor.initializer),
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

/** Says how large each file is, and how long each part of the run took, from the start of the process on. */
export function summarize(outputs: readonly ModelOutput[], timings: readonly Timing[]): string {
  const sizes = outputs.map((output) => {
    const { path, plan } = output;
    return `${sizeText(path, plan.tensors.length, elementsOf(output), plan.fileBytes)}\n`;
  });
  const seconds = timings.reduce((sum, part) => sum + part.seconds, 0);
  const total: Timing = { label: 'total', seconds, by: '', work: workOf(outputs) };
  const rows = [...timings, total].map(({ label, seconds, by, work }) => [
    label,
    duration(seconds),
    ...(work ? [elementRate(work.elements, seconds), byteRate(work.bytes, seconds)] : ['', '']),
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
  return sizes.join('') + rates;
}

function verdict(outputs: readonly ModelOutput[], checked: ReadonlyMap<string, CheckResult>): string {
  const tensors = outputs.flatMap((output) => output.tensors);
  const copies = outputs.flatMap((output) => output.copies);
  const [{ source, math }] = outputs;
  const parts = tensors.length === 0 && copies.length > 0 ? [] : [filledVerdict(tensors, math, checked)];
  const converted = copies.filter(({ stored, dtype }) => stored !== dtype).length;
  const but = converted === 0 ? '' : `, but for ${grouped(converted)} converted to another type`;
  if (source !== undefined && copies.length > 0)
    parts.push(
      `${plural(copies.length, 'copied tensor')} equal to ${printable(source.label)}, bit for bit${but}`,
    );
  return `verified: ${parts.join('; ')}\n`;
}

function filledVerdict(
  tensors: ModelOutput['tensors'],
  math: MathMode,
  checked: ReadonlyMap<string, CheckResult>,
): string {
  const whole = tensors.filter(({ job }) => !isBitwise(job.stretches[0].draw, 'exact'));
  const but =
    whole.length === 0
      ? ''
      : `, but for ${grouped(whole.length)} computed as a whole, within the bound of float32 sums`;
  const all = `${grouped(tensors.length)} of ${plural(tensors.length, 'tensor')}`;
  if (math !== 'exact') return `${all} within the bound of --math native from the CPU reference${but}`;
  const byReference = [...checked.values()].reduce((sum, result) => sum + result.byReference, 0);
  if (byReference === countOf(tensors)) return `${all} equal to the CPU reference, bit for bit${but}`;
  return `${all} equal, bit for bit: ${grouped(byReference)} elements to the CPU reference, all others to a second implementation${but}`;
}
