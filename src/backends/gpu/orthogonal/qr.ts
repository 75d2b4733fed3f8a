import { PANEL_MEMBERS, type QrBuffers, qrBuffers, type QrKernel, type QrStep } from '../../../jobs/qr_plan';
import { checkBufferSize, COPY_DST, STORAGE } from '../device/buffer';
import type { Owned } from '../device/owned';
import type { Recorded } from '../commands/record';
import { Recording } from '../commands/recording';
import { OFFSET_ALIGNMENT } from '../commands/uniforms';
import { QR_SHADERS } from './shaders';

/** The buffers of the factorization, in the order of their bindings. */
export const BUFFERS = [
  'matrix',
  'reflectors',
  'triangles',
  'products',
] as const satisfies readonly (keyof QrBuffers)[];

/** A device's pipelines of the QR factorization, made when they are first needed. */
export class QrPipelines {
  readonly bindGroupLayout: GPUBindGroupLayout;
  private readonly layout: GPUPipelineLayout;
  private readonly made = new Map<QrKernel, GPUComputePipeline>();

  private constructor(private readonly device: GPUDevice) {
    this.bindGroupLayout = device.createBindGroupLayout({
      label: 'tensorseed qr',
      entries: [
        ...BUFFERS.map((_, binding) => ({
          binding,
          visibility: 4 /* GPUShaderStage.COMPUTE */,
          buffer: { type: 'storage' } as const,
        })),
        { binding: BUFFERS.length, visibility: 4, buffer: { type: 'uniform', hasDynamicOffset: true } },
      ],
    });
    this.layout = device.createPipelineLayout({
      label: 'tensorseed qr',
      bindGroupLayouts: [this.bindGroupLayout],
    });
  }

  private static readonly ofDevice = new WeakMap<GPUDevice, QrPipelines>();

  static of(device: GPUDevice): QrPipelines {
    let pipelines = QrPipelines.ofDevice.get(device);
    if (pipelines === undefined) QrPipelines.ofDevice.set(device, (pipelines = new QrPipelines(device)));
    return pipelines;
  }

  get(kernel: QrKernel): GPUComputePipeline {
    let pipeline = this.made.get(kernel);
    if (pipeline === undefined)
      this.made.set(kernel, (pipeline = this.device.createComputePipeline(this.descriptor(kernel))));
    return pipeline;
  }

  /** Compiles all without stalling the page. */
  async prepare(): Promise<void> {
    await Promise.all(
      (Object.keys(QR_SHADERS) as QrKernel[]).map(async (kernel) => {
        if (!this.made.has(kernel))
          this.made.set(kernel, await this.device.createComputePipelineAsync(this.descriptor(kernel)));
      }),
    );
  }

  private descriptor(kernel: QrKernel): GPUComputePipelineDescriptor {
    const label = `tensorseed qr ${kernel}`;
    const module = this.device.createShaderModule({ label, code: QR_SHADERS[kernel] });
    return { label, layout: this.layout, compute: { module, entryPoint: 'main' } };
  }
}

/** The GPU memory of a factorization. At first `matrix` is A, and at the end it is Q. */
export class QrGpuMemory {
  private constructor(private readonly buffers: Readonly<Record<keyof QrBuffers, GPUBuffer>>) {}

  /** @throws DeviceError where the device's limits forbid it */
  static create(device: GPUDevice, rows: number, columns: number, owned: Owned): QrGpuMemory {
    const sizes = qrBuffers(rows, columns, device.limits);
    const made = BUFFERS.map((name) => {
      const usage = name === 'matrix' ? STORAGE | COPY_DST : STORAGE;
      const descriptor = { label: `tensorseed qr ${name}`, size: sizes[name], usage };
      return [name, owned.add(device.createBuffer(descriptor))];
    });
    return new QrGpuMemory(Object.fromEntries(made));
  }

  get matrix(): GPUBuffer {
    return this.buffers.matrix;
  }

  /** Makes all GPU objects that steps need beside the memory. */
  record(device: GPUDevice, steps: readonly QrStep[], owned: Owned): Recorded {
    const size = OFFSET_ALIGNMENT * steps.length;
    checkBufferSize(device, size, 'the steps of an orthogonal matrix need', 'use fill instead');
    const uniforms = owned.add(
      device.createBuffer({
        label: 'tensorseed qr panels',
        size,
        usage: 0x40 /* GPUBufferUsage.UNIFORM */,
        mappedAtCreation: true,
      }),
    );
    const view = new DataView(uniforms.getMappedRange());
    steps.forEach(({ panel }, index) => {
      PANEL_MEMBERS.forEach((name, i) => view.setUint32(OFFSET_ALIGNMENT * index + 4 * i, panel[name], true));
    });
    uniforms.unmap();

    const pipelines = QrPipelines.of(device);
    const panelBytes = Math.ceil((4 * PANEL_MEMBERS.length) / 16) * 16;
    const bindGroup = device.createBindGroup({
      label: 'tensorseed qr',
      layout: pipelines.bindGroupLayout,
      entries: [
        ...BUFFERS.map((name, binding) => ({ binding, resource: { buffer: this.buffers[name] } })),
        { binding: BUFFERS.length, resource: { buffer: uniforms, size: panelBytes } },
      ],
    });
    const commands = steps.map(({ kernel, workgroups }, index) => ({
      pipeline: pipelines.get(kernel),
      bindGroup,
      offset: OFFSET_ALIGNMENT * index,
      workgroups,
    }));
    return { recording: new Recording(commands), uniforms };
  }

  /** Frees all but the matrix. */
  destroyWorkspace(): void {
    for (const name of BUFFERS) if (name !== 'matrix') this.buffers[name].destroy();
  }

  destroy(): void {
    for (const name of BUFFERS) this.buffers[name].destroy();
  }
}
