import { oneOf } from '../core/check';
import { checkDtype, type Dtype } from '../core/dtype';
import { ArgumentError, NotLoadedError } from '../core/errors';
import type { BernoulliParameters } from './bernoulli';
import type { BernoulliPackedParameters } from './bernoulli_packed';
import { bits, type BitsParameters } from './bits';
import { constant, type ConstantParameters } from './constant';
import type { CopiedParameters } from './copied';
import type { Distribution, StreamDistribution } from './distribution';
import type { Draw } from './draw';
import type { ExponentialParameters } from './exponential';
import { eye, type EyeParameters } from './eye';
import { foreign, type ForeignParameters } from './foreign';
import type { GammaParameters } from './gamma';
import type { GumbelParameters } from './gumbel';
import type { LaplaceParameters } from './laplace';
import type { LogisticParameters } from './logistic';
import type { LognormalParameters } from './lognormal';
import { type MathMode, MATHS } from './math';
import type { Members, Slots } from './members';
import { normal, type NormalParameters } from './normal';
import type { NormalHalfParameters } from './normal_half';
import type { NormalNativeParameters } from './normal_native';
import { orthogonal, type OrthogonalParameters } from './orthogonal';
import type { PermutationParameters } from './permutation';
import type { PoissonParameters } from './poisson';
import type { RandintParameters } from './randint';
import { SAMPLING_NUMBERS, type SamplingKind } from './sampling';
import type { SparseParameters } from './sparse';
import { truncated_normal, type TruncatedNormalParameters } from './truncated_normal';
import type { TruncatedNormalNativeParameters } from './truncated_normal_native';
import { uniform, type UniformParameters } from './uniform';

/** Those of the kernels in shaders/kernels/. */
type OwnParameters =
  | BernoulliParameters
  | BernoulliPackedParameters
  | BitsParameters
  | ConstantParameters
  | CopiedParameters
  | ExponentialParameters
  | EyeParameters
  | GammaParameters
  | GumbelParameters
  | LaplaceParameters
  | LogisticParameters
  | LognormalParameters
  | NormalParameters
  | NormalHalfParameters
  | NormalNativeParameters
  | OrthogonalParameters
  | PermutationParameters
  | PoissonParameters
  | RandintParameters
  | SparseParameters
  | TruncatedNormalParameters
  | TruncatedNormalNativeParameters
  | UniformParameters;

/**
 * The draw as integers and bit patterns, which is what a kernel gets beside its key and its place to write.
 */
export type Parameters = OwnParameters | ForeignParameters;

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
export type Kernel = OwnParameters['kernel'];

export type ParametersOf<K extends Parameters['kernel']> = Extract<Parameters, { readonly kernel: K }>;

/** What each kind of draw of Keras's initializers is, and those that streams bring. */
export const BASE: {
  readonly [K in Exclude<Draw['kind'], SamplingKind>]: Distribution<
    Extract<Draw, { readonly kind: K }>,
    any,
    Parameters
  >;
} = {
  bits,
  constant,
  eye,
  foreign,
  normal,
  orthogonal,
  truncated_normal,
  uniform,
};

type AnyDistribution = Distribution<Draw, Parameters>;

/** Every kind of draw. */
export const KINDS = [...Object.keys(BASE), ...Object.keys(SAMPLING_NUMBERS)] as Draw['kind'][];

const byKind = new Map<Draw['kind'], AnyDistribution>();
const byKernel = new Map<string, AnyDistribution>();

/** Adds what a kind of draw is. An initializer that makes such draws does so when it is constructed. */
export function provideDistribution(
  kind: Draw['kind'],
  distribution: Distribution<any, any, Parameters>,
): void {
  if (byKind.has(kind)) return;
  byKind.set(kind, distribution as AnyDistribution);
  for (const kernel of Object.keys(distribution.kernels))
    byKernel.set(kernel, distribution as AnyDistribution);
}
for (const kind of Object.keys(BASE) as (keyof typeof BASE)[]) provideDistribution(kind, BASE[kind]);

/**
 * The distribution of a draw.
 * @throws NotLoadedError where it is not loaded
 */
export function distributionOf({ kind }: Draw): AnyDistribution {
  const distribution = byKind.get(kind);
  if (distribution === undefined) throw new NotLoadedError(kind);
  return distribution;
}

/** What a stream draws: by the kind of the draw, and by the name of one that is its own. */
export interface Drawing {
  readonly name: string;
  readonly distributions: Readonly<Record<string, StreamDistribution<Draw, Parameters>>>;
  readonly own?: Readonly<Record<string, StreamDistribution<Draw, Parameters>>>;
}

/**
 * The distribution of a draw in a stream. What is not random is the same in all.
 * @throws ArgumentError where the stream does not have it
 */
function distributionIn(stream: Drawing | undefined, draw: Draw): StreamDistribution<Draw, Parameters> {
  const own = distributionOf(draw);
  if (stream === undefined || !own.random) return own;
  const { distributions, own: ofStream = {} } = stream;
  const [name, there] = draw.kind === 'foreign' ? [draw.name, ofStream] : [draw.kind, distributions];
  if (Object.hasOwn(there, name)) return there[name];
  if (Object.hasOwn(ofStream, name)) {
    throw new ArgumentError(
      `the stream ${stream.name} draws ${name} by a function of its own: take that of tensorseed/streams, got tensorseed's ${name}`,
    );
  }
  const has = [...new Set([...Object.keys(distributions), ...Object.keys(ofStream)])].join(', ');
  throw new ArgumentError(`the stream ${stream.name} draws ${has}, got ${name}`);
}

/** The distribution that a kernel belongs to. */
export function distributionBehind({ kernel }: Parameters): AnyDistribution {
  return byKernel.get(kernel)!;
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
  const taken = `${dtypes.slice(0, -1).join(', ')} or ${dtypes[dtypes.length - 1]}`;
  return `${kind} takes ${taken}, got dtype ${dtype}`;
}

/** The members of `Params` that follow the dispatch in the kernel of the parameters. */
export function membersOf(params: Parameters, slots: Slots): Members {
  const { kernels } = distributionBehind(params);
  return (kernels[params.kernel] as (params: Parameters, slots: Slots) => Members)(params, slots);
}
