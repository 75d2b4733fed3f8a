import { loadShaders } from '../../src/backends/gpu/pipelines/loaded_shaders';
import { entriesOf } from '../../src/backends/gpu/pipelines/pipelines';
import { variantOf, WORKGROUP_SIZE } from '../../src/backends/gpu/pipelines/variant';
import { bytesPerElement, DTYPES, type Dtype } from '../../src/core/dtype';
import type { Parameters } from '../../src/distributions/parameters';
import { provideAll } from '../../src/initializers/all';
import type { Initializer } from '../../src/initializers/initializer';
import { classOf, IDENTIFIERS, type InitializerClass } from '../../src/initializers/registry';
import type { Job } from '../../src/jobs/job';
import { type Dispatch, FULL_WORKGROUPS, GROUP_BYTES, GROUPS_PER_DISPATCH, plan } from '../../src/jobs/plan';
import { resolveRequest } from '../../src/jobs/resolve';
import { linkKernel } from '../../tools/wgsl_plugin';

/** A kernel with all that its pipeline is specialized by. */
export interface Case {
  /** The kernel and the dtype, and then what differs from a dispatch of the initializer's defaults. */
  readonly name: string;
  /** The name of the kernel in shaders/kernels. */
  readonly kernel: string;
  readonly dtype: Dtype;
  /** Linked WGSL. */
  readonly code: string;
  readonly constants: Readonly<Record<string, number>>;
  readonly entries: readonly GPUBindGroupLayoutEntry[];
  readonly params: Parameters;
}

/** Options of initializers that have no defaults, or that choose another kernel. */
const OPTIONS: Readonly<Record<string, readonly object[]>> = {
  Bernoulli: [{ probability: 0.1 }, { probability: 0.1, packed: true }],
  Gamma: [{ concentration: 3 }],
  Poisson: [{ rate: 3 }],
  Randint: [{ high: 100 }],
  Sparse: [{ sparsity: 0.1 }],
};

/** Shapes, of which an initializer takes the first that it can. */
const SHAPES = [
  [2048, 2048],
  [256, 1, 129],
];

/** The widths that the affine step may have. */
const OFFSET_BITS = [0, 64, 96] as const;

const SEED = 42;

/**
 * Every kernel of shaders/kernels with every dtype.
 * @param sources of shaders/
 * @param missed is told of each kernel that no initializer draws with
 */
export async function allCases(
  sources: Record<string, string>,
  missed: (kernel: string) => void,
): Promise<Case[]> {
  provideAll();
  await loadShaders();
  const cases = new Map<string, Case>();
  for (const initializer of everyInitializer()) {
    for (const dispatch of dispatchesOf(initializer)) {
      const { name, base } = nameOf(dispatch);
      if (cases.has(name)) continue;
      cases.set(name, await caseOf(name, dispatch, sources));
      // A wider step, and a range that begins within a block, are told of for one dtype.
      if ([...cases.values()].some((one) => one.name !== name && one.name.startsWith(`${base}/`))) continue;
      for (const [suffix, other] of othersOf(dispatch)) {
        const one = await caseOf(`${name}/${suffix}`, other, sources);
        if (JSON.stringify(one.constants) !== JSON.stringify(cases.get(name)!.constants))
          cases.set(one.name, one);
      }
    }
  }
  const kernels = new Set([...cases.values()].map(({ kernel }) => kernel));
  for (const path of Object.keys(sources)) {
    const kernel = /^kernels\/(\w+)\.wgsl$/.exec(path)?.[1];
    if (kernel !== undefined && !kernels.has(kernel)) missed(kernel);
  }
  return [...cases.values()];
}

function everyInitializer(): Initializer[] {
  const classes = new Set(IDENTIFIERS.map((identifier) => classOf(identifier)));
  return [...classes].flatMap((type) => {
    const make = type as new (options?: object) => Initializer;
    return (OPTIONS[type.name] ?? [undefined]).map((options) => new make(options));
  });
}

/** The largest dispatch of each dtype and each math. */
function dispatchesOf(initializer: Initializer): Dispatch[] {
  return DTYPES.flatMap((dtype) =>
    (['exact', 'native'] as const).flatMap((math) => {
      for (const shape of SHAPES) {
        try {
          return [largestOf(resolveRequest({ initializer, shape, seed: SEED, dtype, math }))];
        } catch {
          // It does not take the dtype, or the shape.
        }
      }
      return [];
    }),
  );
}

/** The largest dispatch of a job on a device with WebGPU's default limits. */
export function largestOf(job: Job): Dispatch {
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

function nameOf({ params, dtype }: Dispatch): { name: string; base: string } {
  return { name: `${params.kernel}/${dtype}`, base: params.kernel };
}

function othersOf(dispatch: Dispatch): [suffix: string, Dispatch][] {
  const { params } = dispatch;
  const others: [string, Dispatch][] = [];
  if ('affine' in params && params.affine !== undefined) {
    const { affine } = params;
    for (const offsetBits of OFFSET_BITS) {
      if (offsetBits !== affine.offsetBits)
        others.push([
          `offset${offsetBits}`,
          { ...dispatch, params: { ...params, affine: { ...affine, offsetBits } } as Parameters },
        ]);
    }
  }
  others.push(['realign', { ...dispatch, element: dispatch.element + 1 }]);
  return others;
}

async function caseOf(name: string, dispatch: Dispatch, sources: Record<string, string>): Promise<Case> {
  const { params, dtype } = dispatch;
  const { constants, needsOperand } = variantOf(dispatch);
  const path = pathOf(params.kernel);
  const code = await linkKernel(path, sources, false);
  return { name, kernel: params.kernel, dtype, code, constants, entries: entriesOf(needsOperand), params };
}

/** The kernel's file. That of stft copies words. */
export function pathOf(kernel: string): string {
  return kernel === 'stft' ? 'streams/copy.wgsl' : `kernels/${kernel}.wgsl`;
}

/** The elements of a group of 16 bytes. */
export function groupElements(dtype: Dtype): number {
  return GROUP_BYTES / bytesPerElement(dtype);
}

export type { InitializerClass };
