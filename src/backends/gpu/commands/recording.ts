/**
 * Where commands are encoded: a command encoder or a compute pass of the caller's.
 *
 * @example
 * ```ts gpu
 * import { type Encoder, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const device = sampler.device!;
 * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
 * const commands = device.createCommandEncoder();
 * const encoder: Encoder = commands;
 * sampler.encode(encoder, 'he_normal', [32, 32], { seed: 42, buffer });
 * device.queue.submit([commands.finish()]);
 * sampler.destroy();
 * ```
 */
export type Encoder = GPUCommandEncoder | GPUComputePassEncoder;

/** One dispatch as it is encoded, with all GPU objects that it needs. */
export interface Command {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  /** Where its parameters begin in their uniform buffer, in bytes. */
  readonly offset: number;
  readonly workgroups: readonly [x: number, y: number];
}

/** Commands that can be encoded any number of times. To encode them makes no GPU object. */
export class Recording {
  /** The dynamic offsets of all commands, slot after slot. */
  private readonly offsets: Uint32Array;

  /**
   * @param slots how many sets of parameters there are. Every slot has the same where there is one set.
   * @param slotBytes from one set to the next
   */
  constructor(
    private readonly commands: readonly Command[],
    private readonly slots = 1,
    slotBytes = 0,
  ) {
    this.offsets = new Uint32Array(slots * commands.length);
    commands.forEach(({ offset }, i) => {
      for (let slot = 0; slot < slots; slot++)
        this.offsets[slot * commands.length + i] = slot * slotBytes + offset;
    });
  }

  /**
   * Encodes all commands with the parameters of a slot. Nothing is submitted, written to a queue or waited
   * for.
   */
  replay(pass: GPUComputePassEncoder, slot = 0): void {
    const { commands, offsets } = this;
    const first = this.slots === 1 ? 0 : slot * commands.length;
    let current: GPUComputePipeline | undefined;
    for (let i = 0; i < commands.length; i++) {
      const { pipeline, bindGroup, workgroups } = commands[i];
      if (pipeline !== current) pass.setPipeline((current = pipeline));
      pass.setBindGroup(0, bindGroup, offsets, first + i, 1);
      pass.dispatchWorkgroups(workgroups[0], workgroups[1]);
    }
  }
}
