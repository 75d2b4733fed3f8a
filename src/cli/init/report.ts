import { fillingLabel } from '../../models';
import { stddevOf } from '../../statistics/moments';
import { byteRate, duration, elementRate, grouped, plural, shapeText, statistic } from '../../text/numbers';
import { table } from '../../text/table';
import { isBitwise } from '../../verify/comparison';
import { sizeText } from '../size_text';
import type { Timing } from '../stopwatch';
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
  const byName = new Map(outputs.flatMap(({ tensors }) => tensors.map((tensor) => [tensor.name, tensor])));
  const listed = outputs.flatMap((output) => output.listed);
  const rows = listed.map((name) => {
    const { shape, dtype, count, initializer } = byName.get(name)!;
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

/** Says how large each file is, and how long each part of the run took, from the start of the process on. */
export function summarize(outputs: readonly ModelOutput[], timings: readonly Timing[]): string {
  const sizes = outputs.map((output) => {
    const { path, plan, tensors } = output;
    return `${sizeText(path, tensors.length, elementsOf(output), plan.fileBytes)}\n`;
  });
  const seconds = timings.reduce((sum, part) => sum + part.seconds, 0);
  const total: Timing = {
    label: 'total',
    seconds,
    by: '',
    work: workOf({ tensors: outputs.flatMap(({ tensors }) => tensors) }),
  };
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
  const [{ math }] = outputs;
  const whole = tensors.filter(({ job }) => !isBitwise(job.stretches[0].draw, 'exact'));
  const but =
    whole.length === 0
      ? ''
      : `, but for ${grouped(whole.length)} computed as a whole, within the bound of float32 sums`;
  const all = `${grouped(tensors.length)} of ${plural(tensors.length, 'tensor')}`;
  if (math !== 'exact')
    return `verified: ${all} within the bound of --math native from the CPU reference${but}\n`;
  const elements = elementsOf({ tensors });
  const byReference = [...checked.values()].reduce((sum, result) => sum + result.byReference, 0);
  if (byReference === elements) return `verified: ${all} equal to the CPU reference, bit for bit${but}\n`;
  return `verified: ${all} equal, bit for bit: ${grouped(byReference)} elements to the CPU reference, all others to a second implementation${but}\n`;
}
