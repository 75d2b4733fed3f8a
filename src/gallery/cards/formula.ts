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
    case 'bernoulli': {
      const p = draw.probability;
      return [
        `1 with probability ${short(p)}, else 0`,
        `stddev = √(p (1 − p)) = ${short(Math.sqrt(p * (1 - p)))}`,
      ];
    }
    case 'rademacher':
      return ['1 or −1, each with probability 1 / 2', 'mean = 0, stddev = 1'];
    case 'randint': {
      const n = draw.high - draw.low;
      return [
        `integers ${draw.low} ≤ k < ${draw.high}, each with probability 1 / ${n}`,
        `stddev = √((n² − 1) / 12) = ${short(Math.sqrt((n * n - 1) / 12))}`,
      ];
    }
    case 'poisson':
      return ['P(k) = e^−rate × rateᵏ / k!', `mean = rate, stddev = √rate = ${short(Math.sqrt(draw.rate))}`];
    case 'exponential':
      return ['density = e^(−x / scale) / scale, x ≥ 0', `mean = stddev = scale = ${short(draw.scale)}`];
    case 'laplace':
      return [
        'density = e^(−|x − loc| / scale) / (2 scale)',
        `stddev = √2 × scale = ${short(Math.SQRT2 * draw.scale)}`,
      ];
    case 'logistic':
      return [
        'density = e^−z / (scale (1 + e^−z)²), z = (x − loc) / scale',
        `stddev = π scale / √3 = ${short(lawOf(draw).stddev)}`,
      ];
    case 'gumbel':
      return [
        'density = e^(−z − e^−z) / scale, z = (x − loc) / scale',
        `mean = loc + 0.5772 scale = ${short(lawOf(draw).mean)}`,
        `stddev = π scale / √6 = ${short(lawOf(draw).stddev)}`,
      ];
    case 'lognormal':
      return [
        `e^y, where y is normal: ${short(draw.mean)} ± ${short(draw.stddev)}`,
        `mean = e^(${short(draw.mean)} + ${short(draw.stddev)}² / 2) = ${short(lawOf(draw).mean)}`,
        `stddev = mean × √(e^(${short(draw.stddev)}²) − 1) = ${short(lawOf(draw).stddev)}`,
      ];
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
