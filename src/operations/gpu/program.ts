import { Recording } from '../../backends/gpu/commands/recording';
import { OFFSET_ALIGNMENT } from '../../backends/gpu/commands/uniforms';
import { checkBufferSize, COPY_DST } from '../../backends/gpu/device/buffer';
import type { Owned } from '../../backends/gpu/device/owned';
import { type Kernel, OperationPipelines } from './pipelines';

const UNIFORM = 0x40; // GPUBufferUsage; the global is missing where the caller brings its own WebGPU

/** One dispatch of a kernel. */
export interface KernelCall {
  readonly kernel: Kernel;
  /** What is bound to each storage binding. */
  readonly buffers: readonly GPUBufferBinding[];
  /** The members of the kernel's `Params` as words, at most 64. */
  readonly params: Uint32Array;
  readonly workgroups: readonly [x: number, y: number];
}

/**
 * Makes all GPU objects that calls of kernels need, one call after the other. To replay the recording makes none.
 * @param owned gets the buffer of the parameters
 * @throws DeviceError where the device's limits forbid it
 */
export function recordCalls(device: GPUDevice, calls: readonly KernelCall[], owned: Owned): Recording {
  if (calls.length === 0) return new Recording([]);
  const size = OFFSET_ALIGNMENT * calls.length;
  checkBufferSize(device, size, 'the parameters need', 'compute fewer elements at a time');
  const uniforms = owned.add(
    device.createBuffer({
      label: 'tensorseed parameters',
      size,
      usage: UNIFORM | COPY_DST,
      mappedAtCreation: true,
    }),
  );
  const words = new Uint32Array(uniforms.getMappedRange());
  calls.forEach(({ params }, i) => words.set(params, (OFFSET_ALIGNMENT / 4) * i));
  uniforms.unmap();
  const pipelines = OperationPipelines.of(device);
  return new Recording(
    calls.map(({ kernel, buffers, workgroups }, i) => ({
      pipeline: pipelines.get(kernel),
      bindGroup: device.createBindGroup({
        label: `tensorseed ${kernel.id}`,
        layout: pipelines.layoutOf(kernel),
        entries: [
          ...buffers.map((resource, binding) => ({ binding, resource })),
          { binding: buffers.length, resource: { buffer: uniforms, size: OFFSET_ALIGNMENT } },
        ],
      }),
      offset: OFFSET_ALIGNMENT * i,
      workgroups,
    })),
  );
}
