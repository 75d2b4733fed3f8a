import { oneOf } from '../core/check';
import { checkDtype, type Dtype } from '../core/dtype';
import { ArgumentError } from '../core/errors';
import { bernoulli, type BernoulliParameters } from './bernoulli';
import { bits, type BitsParameters } from './bits';
import { constant, type ConstantParameters } from './constant';
import { dirac } from './dirac';
import type { Distribution, StreamDistribution } from './distribution';
import type { Draw } from './draw';
import { eye, type EyeParameters } from './eye';
import { foreign, type ForeignParameters, hasWords } from './foreign';
import { type MathMode, MATHS } from './math';
import type { Members, Slots } from './members';
import { normal, type NormalParameters } from './normal';
import type { NormalNativeParameters } from './normal_native';
import { orthogonal, type OrthogonalParameters } from './orthogonal';
import { sparse, type SparseParameters } from './sparse';
import { stft, type StftParameters } from './stft';
import { truncated_normal, type TruncatedNormalParameters } from './truncated_normal';
import type { TruncatedNormalNativeParameters } from './truncated_normal_native';
import { uniform, type UniformParameters } from './uniform';

/**
 * The draw as integers and bit patterns, which is what a kernel gets beside its key and its place to write.
 */
export type Parameters =
  | BernoulliParameters
  | BitsParameters
  | ConstantParameters
  | EyeParameters
  | ForeignParameters
  | NormalParameters
  | NormalNativeParameters
  | OrthogonalParameters
  | SparseParameters
  | StftParameters
  | TruncatedNormalParameters
  | TruncatedNormalNativeParameters
  | UniformParameters;

/**
 * The kernels, one or two for each distribution: shaders in shaders/kernels/, with twins in TypeScript.
 *
 * @useDeclaredType
 *
 * @example
 * ```ts
 * import { type Kernel, kernels } from 'tensorseed/shaders';
 *
 * const kernel: Kernel = 'normal';
 * console.log(kernels[kernel].body.includes('@compute')); // true
 * ```
 */
export type Kernel = Exclude<Parameters, ForeignParameters>['kernel'];

export type ParametersOf<K extends Parameters['kernel']> = Extract<Parameters, { readonly kernel: K }>;

/** Each kind of draw. */
export const DISTRIBUTIONS: {
  readonly [K in Draw['kind']]: Distribution<Extract<Draw, { readonly kind: K }>, any, Parameters>;
} = {
  bernoulli,
  bits,
  constant,
  dirac,
  eye,
  foreign,
  normal,
  orthogonal,
  sparse,
  stft,
  truncated_normal,
  uniform,
};

type AnyDistribution = Distribution<Draw, Parameters>;

const byKernel = new Map<string, AnyDistribution>();
for (const distribution of Object.values(DISTRIBUTIONS) as AnyDistribution[]) {
  for (const kernel of Object.keys(distribution.kernels)) byKernel.set(kernel, distribution);
}

/** The distribution of a draw. */
export function distributionOf({ kind }: Draw): AnyDistribution {
  return DISTRIBUTIONS[kind] as AnyDistribution;
}

/** What a stream draws, by the kind of the draw or the name of one that is its own. */
export interface Drawing {
  readonly name: string;
  readonly distributions: Readonly<Record<string, StreamDistribution<Draw, Parameters>>>;
}

/**
 * The distribution of a draw in a stream. What is not random is the same in all.
 * @throws ArgumentError where the stream does not have it
 */
function distributionIn(stream: Drawing | undefined, draw: Draw): StreamDistribution<Draw, Parameters> {
  const own = distributionOf(draw);
  if (stream === undefined || !own.random) return own;
  const name = draw.kind === 'foreign' ? draw.name : draw.kind;
  if (Object.hasOwn(stream.distributions, name)) return stream.distributions[name];
  const has = Object.keys(stream.distributions).join(', ');
  throw new ArgumentError(`the stream ${stream.name} draws ${has}, got ${name}`);
}

/** The distribution that a kernel belongs to. */
export function distributionBehind({ kernel }: Parameters): AnyDistribution {
  return byKernel.get(kernel)!;
}

/** Whether the kernel of the parameters copies what the host computes. */
export function copiesWords(params: Parameters): params is ForeignParameters | StftParameters {
  return params.kernel === 'stft' || hasWords(params);
}

/**
 * The parameters of a draw for one dtype.
 * @throws ArgumentError where the draw's numbers make no sense, or no value of `dtype` fits them
 */
export function parameters(
  draw: Draw,
  dtype: Dtype,
  math: MathMode,
  stream?: Drawing,
  total = NaN, // No draw of tensorseed's own depends on it.
): Parameters {
  const distribution = distributionIn(stream, draw);
  if (!distribution.dtypes.includes(dtype))
    throw new ArgumentError(wrongDtype(draw, dtype, distribution, stream));
  return distribution.parameters(draw, dtype, math, total);
}

/**
 * The parameters of draws that fill one tensor, its dtype, and how it is computed.
 * @param dtype by default the first that the first draw takes
 * @param math 'exact' by default
 * @param total the number of elements of the whole tensor
 * @throws ArgumentError as `parameters`, and where there is no such dtype or math
 */
export function parametersOfAll(
  draws: readonly Draw[],
  { dtype: asked, math = 'exact' }: { readonly dtype?: Dtype; readonly math?: MathMode },
  stream?: Drawing,
  total?: number,
): { readonly dtype: Dtype; readonly math: MathMode; readonly params: readonly Parameters[] } {
  const dtype = asked === undefined ? distributionIn(stream, draws[0]).dtypes[0] : checkDtype(asked);
  oneOf('math', math, MATHS);
  if (stream !== undefined && math === 'native')
    throw new ArgumentError(`math must be exact in the stream ${stream.name}, got native`);
  return { dtype, math, params: draws.map((draw) => parameters(draw, dtype, math, stream, total)) };
}

/** The message for a dtype that a kind of draw does not take. */
function wrongDtype(
  draw: Draw,
  dtype: Dtype,
  { dtypes }: Pick<AnyDistribution, 'dtypes'>,
  stream: Drawing | undefined,
): string {
  const kind = draw.kind === 'foreign' ? draw.name : draw.kind;
  if (stream !== undefined) return `${kind} of ${stream.name} takes ${dtypes.join(', ')}, got dtype ${dtype}`;
  if (dtypes.length === 1) return `${kind} are ${dtypes[0]}, got dtype ${dtype}`;
  const takers = Object.entries(DISTRIBUTIONS).filter(
    ([name, other]) => name !== 'foreign' && other.dtypes.includes(dtype),
  );
  const taken = `${dtypes.slice(0, -1).join(', ')} or ${dtypes[dtypes.length - 1]}`;
  const users = takers.length === 0 ? 'draws of other streams' : takers.map(([name]) => name).join(', ');
  return `dtype ${dtype} is for ${users}; ${kind} takes ${taken}`;
}

/** The members of `Params` that follow the dispatch in the kernel of the parameters. */
export function membersOf(params: Parameters, slots: Slots): Members {
  const { kernels } = distributionBehind(params);
  return (kernels[params.kernel] as (params: Parameters, slots: Slots) => Members)(params, slots);
}
