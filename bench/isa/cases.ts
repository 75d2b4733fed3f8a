import { loadShaders } from '../../src/backends/gpu/pipelines/loaded_shaders';
import { paramsOf } from '../../src/backends/gpu/pipelines/params';
import { entriesOf } from '../../src/backends/gpu/pipelines/pipelines';
import { entryPointOf, overridesOf } from '../../src/backends/gpu/pipelines/stage';
import { variantOf, WORKGROUP_SIZE } from '../../src/backends/gpu/pipelines/variant';
import { bytesPerElement, DTYPES, type Dtype } from '../../src/core/dtype';
import { ArgumentError } from '../../src/core/errors';
import { elementCount } from '../../src/core/shape';
import { provideAll } from '../../src/initializers/all';
import type { Initializer } from '../../src/initializers/initializer';
import { classOf, IDENTIFIERS, type InitializerClass } from '../../src/initializers/registry';
import type { Job } from '../../src/jobs/job';
import { type Dispatch, FULL_WORKGROUPS, GROUP_BYTES, GROUPS_PER_DISPATCH, plan } from '../../src/jobs/plan';
import { resolveRequest } from '../../src/jobs/resolve';
import { linkKernel } from '../../tools/wgsl_plugin';

/** A kernel with all that its pipeline is specialized by. */
export interface Case {
  /** The kernel and the dtype, and then what differs from most dispatches: offset64, offset96, realign. */
  readonly name: string;
  /** The name of the kernel in shaders/kernels. */
  readonly kernel: string;
  readonly dtype: Dtype;
  /** Linked WGSL. */
  readonly code: string;
  /** That of real GPUs. */
  readonly entryPoint: string;
  readonly constants: Readonly<Record<string, number>>;
  readonly entries: readonly GPUBindGroupLayoutEntry[];
  readonly params: Dispatch['params'];
  /** The words of the shader's parameters, by name. */
  readonly members: ReadonlyMap<string, number>;
}

/** A dispatch of a kernel. */
export interface Trial {
  /** That of its case. */
  readonly name: string;
  /** The initializer and its options. */
  readonly draw: string;
  readonly dispatch: Dispatch;
}

/**
 * Options of initializers, where there are no defaults, or where others choose another kernel or another width of
 * its integers, or go to its limits.
 */
const OPTIONS: Readonly<Record<string, readonly object[]>> = {
  Bernoulli: [{ probability: 0.1 }, { probability: 0.1, packed: true }],
  Exponential: [{}, { scale: 3e-38 }],
  Gamma: [{ concentration: 3 }, { concentration: 0.3 }, { concentration: 1000, scale: 0.01 }],
  Gumbel: [{}, { loc: 1, scale: 0.5 }, { loc: 1000, scale: 1e-4 }],
  Laplace: [{}, { loc: 1, scale: 0.5 }, { loc: 1000, scale: 1e-4 }],
  Logistic: [{}, { loc: 1, scale: 0.5 }, { loc: 1000, scale: 1e-4 }],
  Lognormal: [{}, { mean: -3, stddev: 0.1 }],
  Poisson: [{ rate: 3 }, { rate: 1000 }],
  Randint: [{ high: 100 }, { low: -128, high: 127 }, { low: -1_000_000_000, high: 2_000_000_000 }],
  RandomNormal: [{}, { mean: 1, stddev: 0.5 }, { mean: 1000, stddev: 1e-4 }, { mean: 0, stddev: 1e-37 }],
  RandomUniform: [{}, { minval: 0, maxval: 1 }, { minval: 1, maxval: 3 }, { minval: -1e-7, maxval: 1000 }],
  Sparse: [{ sparsity: 0.1 }],
  TruncatedNormal: [{}, { mean: 1, stddev: 0.5 }, { mean: 1000, stddev: 1e-4 }],
};

/** Shapes, of which an initializer takes the first that it can. */
const SHAPES = [
  [2048, 2048],
  [256, 1, 129],
];

const SEED = 0x9e3779b97f4a7c15n;

/**
 * Every kernel of shaders/kernels with every dtype: the first trial of each name. A range that begins within a block
 * is among them with one dtype.
 */
export function firstTrials(trials: readonly Trial[]): Trial[] {
  const names = new Set<string>();
  const realigned = new Set<string>();
  return trials.filter(({ name, dispatch }) => {
    if (names.has(name)) return false;
    names.add(name);
    const { kernel } = dispatch.params;
    if (!name.endsWith(REALIGN)) return true;
    const first = !realigned.has(kernel);
    realigned.add(kernel);
    return first;
  });
}

const REALIGN = '/realign';

/** Trials in parts whose pipelines have the same constants. */
export function byConstants(trials: readonly Trial[]): Trial[][] {
  const parts = new Map<string, Trial[]>();
  for (const trial of trials) {
    const id = JSON.stringify(variantOf(trial.dispatch).constants);
    parts.set(id, [...(parts.get(id) ?? []), trial]);
  }
  return [...parts.values()];
}

/** Links what the trials need. */
export async function casesOf(trials: readonly Trial[], shaders: Shaders): Promise<Case[]> {
  return Promise.all(
    trials.map(async ({ name, dispatch }) => {
      const { params, dtype } = dispatch;
      const { constants, needsOperand } = variantOf(dispatch);
      const code = await shaders.link(params.kernel);
      return {
        name,
        kernel: params.kernel,
        dtype,
        code,
        entryPoint: entryPointOf(code, true),
        // The overrides of AMD's and NVIDIA's devices are those of one that is not known.
        constants: { ...constants, ...overridesOf(code, undefined) },
        entries: entriesOf(needsOperand),
        params,
        members: new Map(paramsOf(dispatch)),
      };
    }),
  );
}

/** A version of shaders/. */
export class Shaders {
  private readonly linked = new Map<string, Promise<string>>();

  /** @param sources the text of every module, by path */
  constructor(private readonly sources: Record<string, string>) {}

  /** The kernels of shaders/kernels. */
  get kernels(): string[] {
    return Object.keys(this.sources).flatMap((path) => /^kernels\/(\w+)\.wgsl$/.exec(path)?.[1] ?? []);
  }

  /** The variant of a kernel for whole groups, as plain WGSL. */
  link(kernel: string): Promise<string> {
    let linked = this.linked.get(kernel);
    if (linked === undefined)
      this.linked.set(kernel, (linked = linkKernel(`kernels/${kernel}.wgsl`, this.sources, false)));
    return linked;
  }
}

/**
 * Dispatches of kernels, with every dtype and several parameters.
 * @param kernels their names
 * @param blocks the most blocks of four elements that one computes
 */
export async function allTrials(kernels: readonly string[], blocks = Infinity): Promise<Trial[]> {
  provideAll();
  await loadShaders();
  return everyInitializer()
    .flatMap(({ draw, initializer }) =>
      dispatchesOf(initializer, 4 * blocks).map((dispatch) => ({ name: nameOf(dispatch), draw, dispatch })),
    )
    .filter(({ dispatch }) => kernels.includes(dispatch.params.kernel));
}

/** Every initializer with its options, and both as text. One that needs options and has none here is left out. */
function everyInitializer(): { readonly draw: string; readonly initializer: Initializer }[] {
  const names = new Map<InitializerClass, string>();
  for (const name of IDENTIFIERS) {
    const type = classOf(name);
    if (!names.has(type)) names.set(type, name);
  }
  return [...names].flatMap(([type, name]) => {
    const make = type as new (options: object) => Initializer;
    return (OPTIONS[name] ?? [{}]).flatMap((options) => {
      const initializer = unlessRefused(() => new make(options));
      return initializer === undefined ? [] : [{ draw: `${name} ${JSON.stringify(options)}`, initializer }];
    });
  });
}

/** What a function returns; undefined where it refuses its arguments. */
function unlessRefused<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof ArgumentError) return undefined;
    throw error;
  }
}

/** Dispatches with each dtype and each math: of the first elements, from within a block, and across 2^32 blocks. */
function dispatchesOf(initializer: Initializer, elements: number): Dispatch[] {
  return DTYPES.flatMap((dtype) => {
    const [exact, native] = (['exact', 'native'] as const).flatMap((math) => {
      const job = jobOf(initializer, dtype, math, elements);
      return job === undefined ? [] : [largestOf(job)];
    });
    if (exact === undefined) return [];
    const maths = native.params.kernel === exact.params.kernel ? [exact] : [exact, native];
    const ACROSS = 2 ** 34 - 2 ** 3;
    return maths.flatMap((first) => {
      const within = { ...first, element: 1 };
      const across = { ...first, element: ACROSS };
      return 'REALIGN' in variantOf(first).constants ? [first, within, across] : [first, across];
    });
  });
}

/** @returns undefined where the initializer does not take the dtype */
function jobOf(initializer: Initializer, dtype: Dtype, math: Job['math'], elements: number): Job | undefined {
  for (const shape of SHAPES) {
    const range = { count: Math.min(elementCount(shape), elements) };
    const job = unlessRefused(() => resolveRequest({ initializer, shape, seed: SEED, dtype, math, range }));
    if (job !== undefined) return job;
  }
  return undefined;
}

/** The largest dispatch of a job on a device with WebGPU's default limits. */
function largestOf(job: Job): Dispatch {
  const size = job.range.count * bytesPerElement(job.dtype);
  const dispatches = plan(job, { size } as GPUBuffer, undefined, {
    workgroupSize: WORKGROUP_SIZE,
    groupsPerDispatch: GROUPS_PER_DISPATCH,
    fullWorkgroups: FULL_WORKGROUPS.gpu,
    limits: {
      maxStorageBufferBindingSize: 2 ** 27,
      minStorageBufferOffsetAlignment: 256,
      maxComputeWorkgroupsPerDimension: 65535,
    },
  });
  return dispatches.reduce((a, b) => (a.groups >= b.groups ? a : b));
}

/** The kernel and the dtype, and then what differs from most dispatches. */
function nameOf({ params, dtype, element }: Dispatch): string {
  const offsetBits = 'affine' in params ? (params.affine?.offsetBits ?? 0) : 0;
  const parts = [params.kernel, dtype, ...(offsetBits > 0 ? [`offset${offsetBits}`] : [])];
  return parts.join('/') + (element % 4 !== 0 ? REALIGN : '');
}

/** The elements of a group of 16 bytes. */
export function groupElements(dtype: Dtype): number {
  return GROUP_BYTES / bytesPerElement(dtype);
}
