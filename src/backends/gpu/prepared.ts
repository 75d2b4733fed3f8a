import { ArgumentError, show } from '../../core/errors';
import type { Job } from '../../jobs/job';
import type { Dispatch } from '../../jobs/plan';
import { checkOwnStreams } from '../../jobs/resolve';
import { Key, type Seed } from '../../streams/key';
import { planOn } from './commands/device_plan';
import { commandsOf } from './commands/record';
import { type Encoder, Recording } from './commands/recording';
import { ROWS, rowsOf } from './commands/rows';
import { createUniforms, OFFSET_ALIGNMENT, parameterWords, ROW_BYTES } from './commands/uniforms';
import { checkBufferSize } from './device/buffer';
import { Health } from './device/health';
import { guarded } from './device/scope';
import { operandOf } from './operands';
import { Pipelines } from './pipelines/pipelines';

/** Tensors whose GPU objects are all made, to be filled any number of times. `Sampler.prepare` makes it. */
export class PreparedFill {
  private readonly recordings: readonly Recording[];
  private readonly uniforms: GPUBuffer;
  /** The parameters of all rows, as they were last written to a slot. */
  private readonly words: Uint32Array<ArrayBuffer>;
  /** Where the parameters of each row begin in a slot, in bytes, and the job that the row belongs to. */
  private readonly rows: readonly { readonly job: number; readonly offset: number }[];
  private readonly owned: { destroy(): void }[] = [];
  private destroyed = false;

  /**
   * Compiles at once what is not compiled yet.
   * @internal
   * @param jobs that were checked, each with a GPUBuffer
   */
  constructor(
    private readonly device: GPUDevice,
    private readonly jobs: readonly Job[],
    /** How many seeds it can hold at once. */
    readonly slots: number,
  ) {
    // First come the dispatches without an operand, then the operands, then what reads them.
    const first: Dispatch[] = [];
    const last: Dispatch[] = [];
    const operands: Recording[] = [];
    const jobOf = new Map<Dispatch, number>();
    jobs.forEach((job, index) => {
      const add = (stage: Dispatch[], dispatches: readonly Dispatch[]): void => {
        stage.push(...dispatches);
        for (const dispatch of dispatches) jobOf.set(dispatch, index);
      };
      const buffer = job.buffer as GPUBuffer;
      const operand = operandOf(device, job)?.record();
      if (operand === undefined) return add(first, planOn(device, job, buffer));
      this.owned.push(operand);
      add(first, operand.dispatches);
      operands.push(operand.recording);
      add(last, planOn(device, job, buffer, operand.buffer));
    });
    const early = rowsOf(first);
    const rows = [...early, ...rowsOf(last)];
    const parameters = parameterWords(rows);
    this.words = parameters.words;
    this.rows = rows.flatMap((of, i) =>
      of.map((dispatch, row) => ({ job: jobOf.get(dispatch)!, offset: parameters.offsets[i][row] })),
    );
    this.uniforms = createUniforms(device, this.words, slots);
    this.owned.push(this.uniforms);
    const commands = commandsOf(device, rows, parameters, this.uniforms);
    const recording = (part: typeof commands): Recording => new Recording(part, slots, this.words.byteLength);
    this.recordings = [
      recording(commands.slice(0, early.length)),
      ...operands,
      recording(commands.slice(early.length)),
    ];
  }

  /**
   * Compiles without stalling the page, and reports what cannot be made.
   * @internal
   */
  static async create(device: GPUDevice, jobs: readonly Job[], slots: number): Promise<PreparedFill> {
    const operands = jobs.map((job) => operandOf(device, job));
    const planned = jobs.map((job) => planOn(device, job, job.buffer as GPUBuffer));
    // The dispatches of an operand are at most as many as those that read it.
    const rows = planned.reduce(
      (sum, { length }, i) => sum + (operands[i] === undefined ? 1 : 2) * length,
      0,
    );
    const bytes = slots * (OFFSET_ALIGNMENT * rows + ROWS * ROW_BYTES);
    checkBufferSize(device, bytes, 'the parameters need', 'take fewer slots');
    const compiled = operands.map((operand) => operand?.prepare());
    await Health.of(device).wait(Promise.all([Pipelines.of(device).prepare(planned.flat()), ...compiled]));
    let made: PreparedFill | undefined;
    try {
      return await guarded(device, 'preparing', () => (made = new PreparedFill(device, jobs, slots)));
    } catch (error) {
      made?.destroy();
      throw error;
    }
  }

  /**
   * Encodes all tensors into a command encoder or a compute pass: no GPU object is made (but the pass,
   * in a command encoder), nothing is submitted, written to a queue or waited for.
   * @param slot whose seed counts, in [0, slots); default 0
   */
  encode(encoder: Encoder, slot = 0): void {
    this.check(slot);
    checkEncoder(encoder);
    const pass =
      'dispatchWorkgroups' in encoder ? encoder : encoder.beginComputePass({ label: 'tensorseed' });
    for (const recording of this.recordings) recording.replay(pass, slot);
    if (pass !== encoder) pass.end();
  }

  /**
   * Gives a slot another seed; each tensor that has a name draws from the stream
   * `Key.from(seed).fold(name)`. The new keys are written to the queue (`queue.writeBuffer`), so they
   * hold for commands that are submitted after this call, also for those that were encoded before
   * it: fills of different seeds in one submit need a slot each.
   * @throws ArgumentError where two tensors would share a stream, having no names of their own
   */
  reseed(seed: Seed, slot = 0): void {
    this.check(slot);
    const key = Key.from(seed);
    if (this.jobs.length > 1) checkOwnStreams(this.jobs);
    const keys = this.jobs.map(({ name }) => (name === undefined ? key : key.fold(name)));
    for (const { job, offset } of this.rows) {
      this.words[offset / 4] = keys[job].lo;
      this.words[offset / 4 + 1] = keys[job].hi;
    }
    this.device.queue.writeBuffer(this.uniforms, slot * this.words.byteLength, this.words);
  }

  private check(slot: number): void {
    if (this.destroyed) throw new ArgumentError('a prepared fill cannot be used after it was destroyed');
    if (!Number.isInteger(slot) || slot < 0 || slot >= this.slots) {
      throw new ArgumentError(`slot must be an integer in [0, ${this.slots}), got ${show(slot)}`);
    }
    Health.of(this.device).check();
  }

  /**
   * Frees what it made, not the buffers that it fills. Commands with it that are not yet submitted become
   * invalid.
   */
  destroy(): void {
    this.destroyed = true;
    for (const each of this.owned) each.destroy();
  }
}

/** @throws ArgumentError unless `encoder` is a command encoder or a compute pass */
export function checkEncoder(encoder: Encoder): void {
  if (
    typeof encoder !== 'object' ||
    encoder === null ||
    !('beginComputePass' in encoder || 'dispatchWorkgroups' in encoder)
  ) {
    throw new ArgumentError(
      `encoder must be a GPUCommandEncoder or a GPUComputePassEncoder, got ${show(encoder)}`,
    );
  }
}
