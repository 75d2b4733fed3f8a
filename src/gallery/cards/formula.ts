import { type Draw, initializers } from '../../index';
import { lawOf } from '../../statistics/laws';
import { short } from '../numbers';
import type { Arguments, Family } from './families';

/** The scale, the mode and the distribution of those initializers that fix them, as in Keras. */
const FIXED: Readonly<Record<string, Arguments>> = {
  GlorotUniform: { scale: '1', mode: 'fan_avg', distribution: 'uniform' },
  GlorotNormal: { scale: '1', mode: 'fan_avg', distribution: 'truncated_normal' },
  HeUniform: { scale: '2', mode: 'fan_in', distribution: 'uniform' },
  HeNormal: { scale: '2', mode: 'fan_in', distribution: 'truncated_normal' },
  LecunUniform: { scale: '1', mode: 'fan_in', distribution: 'uniform' },
  LecunNormal: { scale: '1', mode: 'fan_in', distribution: 'truncated_normal' },
};

/** The standard deviation of a standard normal that is cut at -2 and 2: 0.8796. */
const CUT_STDDEV = short(lawOf({ kind: 'truncated_normal', mean: 0, stddev: 1, lower: -2, upper: 2 }).stddev);

/** How the numbers of a draw follow from the arguments and the shape, one in each line. */
export function formulaOf(
  { className }: Family,
  values: Arguments,
  shape: readonly number[],
  draw: Draw,
): string[] {
  const scaling = className === 'VarianceScaling' ? values : FIXED[className];
  if (scaling !== undefined) return scalingLines(scaling, shape, draw);
  switch (draw.kind) {
    case 'constant':
      return [`every element is ${short(draw.value)}`];
    case 'eye':
      return [`${short(draw.value)} where row = column, else 0`];
    case 'uniform':
      return [
        `${short(draw.low)} ≤ x < ${short(draw.high)}`,
        `stddev = (maxval − minval) / √12 = ${short((draw.high - draw.low) / Math.sqrt(12))}`,
      ];
    case 'truncated_normal':
      return [
        `${short(draw.mean)} ± 2 × ${short(draw.stddev)}: drawn again beyond ${short(draw.mean - 2 * draw.stddev)} and ${short(draw.mean + 2 * draw.stddev)}`,
        `stddev left = ${CUT_STDDEV} × ${short(draw.stddev)} = ${short(lawOf(draw).stddev)}`,
      ];
    case 'orthogonal': {
      const n = Math.max(draw.rows, draw.columns);
      return [
        `${draw.rows} × ${draw.columns}, ${draw.rows < draw.columns ? 'QQᵀ' : 'QᵀQ'} = ${draw.gain === 1 ? '' : `${short(draw.gain)}² `}I`,
        `stddev = |gain| / √${n} = ${short(Math.abs(draw.gain) / Math.sqrt(n))}`,
      ];
    }
    default: {
      const { mean, stddev } = lawOf(draw);
      return [`mean = ${short(mean)}, stddev = ${short(stddev)}`];
    }
  }
}

function scalingLines({ scale, mode }: Arguments, shape: readonly number[], draw: Draw): string[] {
  const { fanIn, fanOut } = initializers.computeFans(shape);
  const fans = `fan_in = ${short(fanIn)}, fan_out = ${short(fanOut)}`;
  const means = { fan_avg: (fanIn + fanOut) / 2, fan_geo_avg: Math.sqrt(fanIn * fanOut) };
  const fan = { fan_in: fanIn, fan_out: fanOut, ...means }[mode] ?? NaN;
  const size = Math.max(1, fan);
  /** √(factor × scale / fan). Where the fan is an average, its half is part of the factor. */
  const root = (factor: number): string =>
    mode === 'fan_avg' && fan >= 1
      ? `√(${short(2 * factor * Number(scale))} / (${short(fanIn)} + ${short(fanOut)}))`
      : `√(${short(factor * Number(scale))} / ${short(size)})`;
  switch (draw.kind) {
    case 'uniform':
      return [
        fans,
        `limit = ${root(3)} = ${short(draw.high)}`,
        `stddev = limit / √3 = ${short(draw.high / Math.sqrt(3))}`,
      ];
    case 'truncated_normal':
      return [
        fans,
        `stddev = ${root(1)} = ${short(lawOf(draw).stddev)}`,
        `limit = 2 × stddev / ${CUT_STDDEV} = ${short(2 * draw.stddev)}`,
      ];
    default:
      return [fans, `stddev = ${root(1)} = ${short(draw.kind === 'normal' ? draw.stddev : NaN)}`];
  }
}
