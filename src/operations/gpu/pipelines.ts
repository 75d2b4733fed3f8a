import { isSwiftShader } from '../../backends/gpu/device/adapter_kind';
import { Health } from '../../backends/gpu/device/health';
import { codeFor } from '../../backends/gpu/device/wide_products';

/** A compute shader with its bindings: storage buffers, and behind them a uniform with its parameters. */
export interface Kernel {
  /** It names the kernel and its constants, and no other kernel. */
  readonly id: string;
  /** The linked WGSL, whose entry point is `main`. */
  readonly code: string;
  /** What the kernel does with each storage buffer, in the order of the bindings. */
  readonly bindings: readonly ('read' | 'write')[];
  /** The values of its overrides. FLOAT_SHIFTS follows from the device. */
  readonly constants?: Readonly<Record<string, number>>;
}

/** The pipelines of the operations on a device. Each is made when it is first needed, and kept as long as the device. */
export class OperationPipelines {
  private readonly layouts = new Map<string, GPUBindGroupLayout>();
  private readonly made = new Map<string, GPUComputePipeline>();
  private readonly making = new Map<string, Promise<void>>();

  private constructor(private readonly device: GPUDevice) {}

  private static readonly ofDevice = new WeakMap<GPUDevice, OperationPipelines>();

  static of(device: GPUDevice): OperationPipelines {
    let pipelines = OperationPipelines.ofDevice.get(device);
    if (pipelines === undefined)
      OperationPipelines.ofDevice.set(device, (pipelines = new OperationPipelines(device)));
    return pipelines;
  }

  /** A kernel's pipeline. It is compiled at once where `prepare` did not. */
  get(kernel: Kernel): GPUComputePipeline {
    let pipeline = this.made.get(kernel.id);
    if (pipeline === undefined)
      this.made.set(kernel.id, (pipeline = this.device.createComputePipeline(this.descriptor(kernel))));
    return pipeline;
  }

  /** Compiles kernels without stalling the page. */
  async prepare(kernels: readonly Kernel[]): Promise<void> {
    const compiling = kernels.map((kernel) => this.make(kernel));
    await Health.of(this.device).wait('the kernels', Promise.all(compiling));
  }

  private async make(kernel: Kernel): Promise<void> {
    if (this.made.has(kernel.id)) return;
    let making = this.making.get(kernel.id);
    if (making === undefined) {
      making = this.device
        .createComputePipelineAsync(this.descriptor(kernel))
        .then((pipeline) => void this.made.set(kernel.id, pipeline))
        .finally(() => this.making.delete(kernel.id));
      this.making.set(kernel.id, making);
    }
    await making;
  }

  layoutOf({ bindings }: Kernel): GPUBindGroupLayout {
    const id = bindings.join();
    let layout = this.layouts.get(id);
    if (layout === undefined) {
      const visibility = 4; // GPUShaderStage.COMPUTE; the global is missing where the caller brings its own WebGPU
      const types = bindings.map((use): GPUBufferBindingType =>
        use === 'read' ? 'read-only-storage' : 'storage',
      );
      layout = this.device.createBindGroupLayout({
        label: 'tensorseed operation',
        entries: [
          ...types.map((type, binding) => ({ binding, visibility, buffer: { type } })),
          { binding: types.length, visibility, buffer: { type: 'uniform', hasDynamicOffset: true } },
        ],
      });
      this.layouts.set(id, layout);
    }
    return layout;
  }

  private descriptor(kernel: Kernel): GPUComputePipelineDescriptor {
    const { id, code, constants } = kernel;
    const label = `tensorseed ${id}`;
    const floatShifts = Number(isSwiftShader(this.device.adapterInfo as GPUAdapterInfo | undefined));
    return {
      label,
      layout: this.device.createPipelineLayout({ label, bindGroupLayouts: [this.layoutOf(kernel)] }),
      compute: {
        module: this.device.createShaderModule({ label, code: codeFor(this.device, code) }),
        entryPoint: 'main',
        // WebGPU refuses constants that a module does not declare.
        constants: code.includes('override FLOAT_SHIFTS:')
          ? { ...constants, FLOAT_SHIFTS: floatShifts }
          : { ...constants },
      },
    };
  }
}
