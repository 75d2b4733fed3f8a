/** What the manifest of the kernels has that their text does not say. The build alone runs this. */
import { loadShaders } from '../backends/gpu/pipelines/loaded_shaders';
import { paramsOf } from '../backends/gpu/pipelines/params';
import { ROWS } from '../backends/gpu/commands/rows';
import { ROW_BYTES } from '../backends/gpu/commands/uniforms';
import { variantOf } from '../backends/gpu/pipelines/variant';
import { type Dtype, DTYPES } from '../core/dtype';
import { ArgumentError } from '../core/errors';
import { type Draw, initializers, type InitializerSpec, Sampler } from '../index';
import type { MathMode } from '../jobs/request';
import { resolveRequest } from '../jobs/resolve';
import { GROUP_BYTES, GROUPS_PER_DISPATCH, plan } from '../jobs/plan';

/** Draws with the parameters that they usually have. A draw whose parameters follow from a shape has none. */
const DRAWS: readonly { readonly initializer: InitializerSpec; readonly math?: MathMode }[] = [
  { initializer: initializers.zeros() },
  { initializer: initializers.bits() },
  { initializer: initializers.randomUniform({ minval: 0, maxval: 1 }) },
  { initializer: initializers.randomNormal({ mean: 0, stddev: 1 }) },
  { initializer: initializers.truncatedNormal({ mean: 0, stddev: 1 }) },
  { initializer: initializers.randomNormal({ mean: 0, stddev: 1 }), math: 'native' },
  { initializer: initializers.truncatedNormal({ mean: 0, stddev: 1 }), math: 'native' },
  { initializer: { class_name: 'Bernoulli', config: { probability: 0.5 } } },
  { initializer: { class_name: 'Randint', config: { low: 0, high: 10 } } },
  { initializer: 'rademacher' },
  { initializer: 'exponential' },
  { initializer: 'laplace' },
  { initializer: 'logistic' },
  { initializer: 'gumbel' },
  { initializer: 'lognormal' },
  { initializer: 'gamma' },
];

/** The parameters of a draw for one dtype. */
interface Preset {
  /** The overrides that follow from the draw and the dtype. All others have their defaults. */
  readonly overrides: Readonly<Record<string, number>>;
  /** The words after `at`, as unsigned integers. */
  readonly words: readonly number[];
}

/** A draw with its parameters for each dtype that it takes. */
interface DrawPresets {
  readonly draw: Draw;
  readonly dtypes: Partial<Record<Dtype, Preset>>;
}

/** The first words of parameters are those of `at`. */
const AT_WORDS = 12;

const DEVICE = {
  workgroupSize: 64,
  groupsPerDispatch: GROUPS_PER_DISPATCH,
  fullWorkgroups: 1,
  limits: {
    maxStorageBufferBindingSize: 2 ** 27,
    minStorageBufferOffsetAlignment: 256,
    maxComputeWorkgroupsPerDimension: 65535,
  },
};

/** The presets of draws by their kernels. */
function presetsOfAll(): Record<string, DrawPresets[]> {
  const all: Record<string, DrawPresets[]> = {};
  for (const { initializer, math = 'exact' } of DRAWS) {
    const byKernel: Record<string, DrawPresets> = {}; // A draw of halves may have a kernel of its own.
    for (const dtype of DTYPES) {
      let job;
      try {
        job = resolveRequest({ initializer, shape: [16], seed: 0, dtype, math });
      } catch (error) {
        if (error instanceof ArgumentError) continue; // The draw does not take the dtype.
        throw error;
      }
      const [{ draw, params }] = job.stretches;
      const [dispatch] = plan(job, { size: 64 } as GPUBuffer, undefined, DEVICE);
      const { FORMAT, OFFSET_BITS } = variantOf(dispatch).constants;
      (byKernel[params.kernel] ??= { draw, dtypes: {} }).dtypes[dtype] = {
        overrides: { FORMAT, ...(OFFSET_BITS !== undefined && { OFFSET_BITS }) },
        words: paramsOf(dispatch)
          .slice(AT_WORDS)
          .map(([, word]) => word >>> 0),
      };
    }
    for (const [kernel, presets] of Object.entries(byKernel)) (all[kernel] ??= []).push(presets);
  }
  return all;
}

// The draws that no initializer of Keras has are loaded so.
const sampler = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
await sampler.load();
sampler.destroy();
await loadShaders();

/** How the kernels of draws are dispatched, and presets by kernel. */
export const MANIFEST_FACTS = {
  about:
    'The kernels of tensorseed in plain WGSL. Offsets and sizes are in bytes, and words are little endian. The page docs/shaders.md of the repository says how they are run.',
  dispatch: {
    groupBytes: GROUP_BYTES,
    rowBytes: ROW_BYTES,
    mostRows: ROWS,
    mostGroups: GROUPS_PER_DISPATCH,
    workgroups: {
      x: 'from 1 to ceil(groups / WORKGROUP_SIZE) of the row with the most groups',
      y: 'the number of rows',
      z: '1',
    },
  },
  presets: presetsOfAll(),
};
