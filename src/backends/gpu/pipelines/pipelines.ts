import type { Dispatch } from '../../../jobs/plan';
import { computeStage } from './stage';
import { type Variant, variantOf } from './variant';

/** What a kernel binds: the output, its parameters, and an operand that it reads. */
export function entriesOf(needsOperand: boolean): GPUBindGroupLayoutEntry[] {
  const visibility = 4; // GPUShaderStage.COMPUTE; the global is missing where the caller brings its own WebGPU
  const buffers: GPUBufferBindingLayout[] = [
    { type: 'storage' },
    { type: 'uniform', hasDynamicOffset: true },
    ...(needsOperand ? [{ type: 'read-only-storage' } as const] : []),
  ];
  return buffers.map((buffer, binding) => ({ binding, visibility, buffer }));
}

/** The pipelines of a device. Each is made when it is first needed, and kept as long as the device. */
export class Pipelines {
  readonly bindGroupLayout: GPUBindGroupLayout;
  /** The layout for kernels that read an operand. */
  readonly operandBindGroupLayout: GPUBindGroupLayout;
  private readonly layouts: Readonly<Record<Dispatch['variant'], GPUPipelineLayout>>;
  private readonly operandLayouts: Readonly<Record<Dispatch['variant'], GPUPipelineLayout>>;
  private readonly made = new Map<string, GPUComputePipeline>();
  private readonly making = new Map<string, Promise<void>>();

  private constructor(private readonly device: GPUDevice) {
    this.bindGroupLayout = device.createBindGroupLayout({ label: 'tensorseed', entries: entriesOf(false) });
    this.operandBindGroupLayout = device.createBindGroupLayout({
      label: 'tensorseed operand',
      entries: entriesOf(true),
    });
    // Bodies and edges have a pipeline layout each, though both are equal. For pipelines of one layout wgpu
    // keeps the binding sizes that the first shader expects, and would refuse the 4 bytes of an edge after
    // the vectors of a body.
    const layout = (bindGroupLayout: GPUBindGroupLayout) =>
      device.createPipelineLayout({ label: 'tensorseed', bindGroupLayouts: [bindGroupLayout] });
    this.layouts = { body: layout(this.bindGroupLayout), edge: layout(this.bindGroupLayout) };
    this.operandLayouts = {
      body: layout(this.operandBindGroupLayout),
      edge: layout(this.operandBindGroupLayout),
    };
  }

  private static readonly ofDevice = new WeakMap<GPUDevice, Pipelines>();

  static of(device: GPUDevice): Pipelines {
    let pipelines = Pipelines.ofDevice.get(device);
    if (pipelines === undefined) Pipelines.ofDevice.set(device, (pipelines = new Pipelines(device)));
    return pipelines;
  }

  get(dispatch: Dispatch): GPUComputePipeline {
    const variant = variantOf(dispatch);
    let pipeline = this.made.get(variant.id);
    if (pipeline === undefined)
      this.made.set(variant.id, (pipeline = this.device.createComputePipeline(this.descriptor(variant))));
    return pipeline;
  }

  /** Compiles without stalling the page. */
  static async prepare(device: GPUDevice, dispatches: readonly Dispatch[]): Promise<void> {
    const pipelines = Pipelines.of(device);
    const wanted = new Map(
      dispatches.map((dispatch) => {
        const variant = variantOf(dispatch);
        return [variant.id, variant];
      }),
    );
    const missing = [...wanted.values()].filter(({ id }) => !pipelines.made.has(id));
    await Promise.all(missing.map((variant) => pipelines.make(variant)));
  }

  /** Makes a pipeline once, however many wait for it. */
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

  private descriptor({
    kernel,
    code,
    variant,
    needsOperand,
    constants,
  }: Variant): GPUComputePipelineDescriptor {
    const label = `tensorseed ${kernel} ${variant}`;
    const layout = (needsOperand ? this.operandLayouts : this.layouts)[variant];
    return { label, layout, compute: computeStage(this.device, label, code, constants) };
  }
}
