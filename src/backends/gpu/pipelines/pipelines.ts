import type { Dtype } from '../../../core/dtype';
import type { Job } from '../../../jobs/job';
import type { Kernel, Parameters } from '../../../distributions/parameters';
import type { Step } from '../../../jobs/plan';
import { isSwiftShader } from '../device/adapter_kind';
import { SHADERS } from './shaders';
import { laneOf } from './struct';

/** Invocations a workgroup: a whole number of subgroups on every GPU there is. */
export const WORKGROUP_SIZE = 64;

/** HALF in shaders/entry/store.wgsl. */
const HALF: Record<Dtype, number> = { float32: 0, uint32: 0, float16: 1, bfloat16: 2 };

/** What a pipeline is specialized by. */
interface Variant {
  readonly id: string;
  readonly kernel: Kernel;
  readonly variant: Step['variant'];
  /** All overrides that the kernel declares, FLOAT_SHIFTS as on most devices. */
  readonly constants: Readonly<Record<string, number>>;
}

const variants = new Map<string, Variant>();

export function variantOf(params: Parameters, dtype: Dtype, step: Step): Variant {
  const realign = Number(laneOf(step) !== 0);
  const offsetBits = 'affine' in params ? params.affine.offsetBits : 0;
  const { kernel } = params;
  const { variant } = step;
  const asked = `${kernel} ${variant} ${HALF[dtype]} ${realign} ${offsetBits}`;
  let found = variants.get(asked);
  if (found === undefined) {
    const all: Record<string, number> = {
      WORKGROUP_SIZE,
      HALF: HALF[dtype],
      REALIGN: realign,
      OFFSET_BITS: offsetBits,
      FLOAT_SHIFTS: 0,
    };
    // WebGPU refuses constants that a module does not declare.
    const declared = Object.entries(all).filter(([name]) =>
      SHADERS[kernel][variant].includes(`override ${name}:`),
    );
    const constants = Object.fromEntries(declared);
    found = { id: `${kernel} ${variant} ${JSON.stringify(constants)}`, kernel, variant, constants };
    variants.set(asked, found);
  }
  return found;
}

export function variantsOf({ params, dtype }: Job, steps: readonly Step[]): Variant[] {
  return steps.map((step) => variantOf(params, dtype, step));
}

/** A device's pipelines, each made when it is first needed and kept as long as the device is. */
export class Pipelines {
  readonly bindGroupLayout: GPUBindGroupLayout;
  /** With a matrix that is read, as an orthogonal needs it. */
  readonly matrixBindGroupLayout: GPUBindGroupLayout;
  private readonly layouts: Readonly<Record<Step['variant'], GPUPipelineLayout>>;
  private readonly matrixLayouts: Readonly<Record<Step['variant'], GPUPipelineLayout>>;
  private readonly modules = new Map<string, GPUShaderModule>();
  private readonly made = new Map<string, GPUComputePipeline>();
  private readonly making = new Map<string, Promise<void>>();

  private readonly floatShifts: boolean;

  private constructor(private readonly device: GPUDevice) {
    // Not every implementation has a device's adapterInfo.
    this.floatShifts = isSwiftShader(device.adapterInfo as GPUAdapterInfo | undefined);
    const visibility = 4; // GPUShaderStage.COMPUTE; the global is missing where the caller brings its own WebGPU
    const entries: GPUBindGroupLayoutEntry[] = [
      { binding: 0, visibility, buffer: { type: 'storage' } },
      { binding: 1, visibility, buffer: { type: 'uniform', hasDynamicOffset: true } },
    ];
    const matrix: GPUBindGroupLayoutEntry = { binding: 2, visibility, buffer: { type: 'read-only-storage' } };
    this.bindGroupLayout = device.createBindGroupLayout({ label: 'tensorseed', entries });
    this.matrixBindGroupLayout = device.createBindGroupLayout({
      label: 'tensorseed matrix',
      entries: [...entries, matrix],
    });
    // Bodies and edges have a layout each, the same twice: between pipelines of one layout wgpu keeps the sizes that
    // the first one's shader expects of its bindings, and would refuse an edge's 4 bytes after a body's vectors.
    const layout = (bindGroupLayout: GPUBindGroupLayout) =>
      device.createPipelineLayout({ label: 'tensorseed', bindGroupLayouts: [bindGroupLayout] });
    this.layouts = { body: layout(this.bindGroupLayout), edge: layout(this.bindGroupLayout) };
    this.matrixLayouts = {
      body: layout(this.matrixBindGroupLayout),
      edge: layout(this.matrixBindGroupLayout),
    };
  }

  private static readonly ofDevice = new WeakMap<GPUDevice, Pipelines>();

  static of(device: GPUDevice): Pipelines {
    let pipelines = Pipelines.ofDevice.get(device);
    if (pipelines === undefined) Pipelines.ofDevice.set(device, (pipelines = new Pipelines(device)));
    return pipelines;
  }

  get(variant: Variant): GPUComputePipeline {
    let pipeline = this.made.get(variant.id);
    if (pipeline === undefined)
      this.made.set(variant.id, (pipeline = this.device.createComputePipeline(this.descriptor(variant))));
    return pipeline;
  }

  /** Compiles without stalling the page. */
  async prepare(variants: readonly Variant[]): Promise<void> {
    const missing = new Map(variants.map((variant) => [variant.id, variant]));
    await Promise.all(
      Array.from(missing.values(), (variant) => (this.made.has(variant.id) ? undefined : this.make(variant))),
    );
  }

  /** One compilation, however many wait for it. */
  private make(variant: Variant): Promise<void> {
    const { id } = variant;
    let making = this.making.get(id);
    if (making === undefined) {
      making = this.device
        .createComputePipelineAsync(this.descriptor(variant))
        .then((pipeline) => void this.made.set(id, pipeline))
        .finally(() => this.making.delete(id));
      this.making.set(id, making);
    }
    return making;
  }

  private onDevice(constants: Variant['constants']): Record<string, number> {
    return 'FLOAT_SHIFTS' in constants
      ? { ...constants, FLOAT_SHIFTS: Number(this.floatShifts) }
      : { ...constants };
  }

  private descriptor({ kernel, variant, constants }: Variant): GPUComputePipelineDescriptor {
    const label = `tensorseed ${kernel} ${variant}`;
    let module = this.modules.get(label);
    if (module === undefined) {
      module = this.device.createShaderModule({ label, code: SHADERS[kernel][variant] });
      this.modules.set(label, module);
    }
    const layout = (kernel === 'orthogonal' ? this.matrixLayouts : this.layouts)[variant];
    return { label, layout, compute: { module, entryPoint: 'main', constants: this.onDevice(constants) } };
  }
}
