import { ArgumentError, reading, show } from '../../core/errors';
import type { Job } from '../../jobs/job';
import type { Dispatch } from '../../jobs/plan';
import { checkOwnStreams, keyIn } from '../../jobs/resolve';
import type { StreamKey } from '../../streams/definition';
import type { Seed } from '../../streams/key';
import { planOn } from './commands/device_plan';
import { commandsOf } from './commands/record';
import { type Encoder, Recording } from './commands/recording';
import { ROWS, rowsOf } from './commands/rows';
import type { KeyTarget } from './keys/fold';
import { createUniforms, OFFSET_ALIGNMENT, parameterWords, ROW_BYTES } from './commands/uniforms';
import { checkBufferSize, STORAGE } from './device/buffer';
import { Health } from './device/health';
import type { Owned } from './device/owned';
import { guarded } from './device/scope';
import { operandOf } from './operands';
import { paramsOf } from './pipelines/params';
import { Pipelines } from './pipelines/pipelines';
import { readsWords } from './words';

/** Records what writes the keys of all rows into their parameters. */
export type KeyRecorder = (targets: readonly KeyTarget[], parameters: GPUBuffer, owned: Owned) => Recording;

/**
 * Tensors that can be filled again and again without making a GPU object, from `Sampler.prepare` and
 * `Sampler.prepareAll`.
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const device = sampler.device!;
 * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
 * const prepared = await sampler.prepare('random_normal', [1024], { seed: 42, buffer });
 * for (let step = 0; step < 3; step++) {
 *   prepared.reseed(step);
 *   const encoder = device.createCommandEncoder();
 *   prepared.encode(encoder);
 *   device.queue.submit([encoder.finish()]);
 * }
 * prepared.destroy();
 * sampler.destroy();
 * ```
 */
export class PreparedFill {
  private readonly recordings: readonly Recording[];
  private readonly uniforms: GPUBuffer;
  /** The parameters of all rows, as they were last written to a slot. */
  private readonly words: Uint32Array<ArrayBuffer>;
  /** Where the parameters of each row begin in a slot, in bytes, and the job that the row belongs to. */
  private readonly rows: readonly {
    readonly job: number;
    readonly dispatch: Dispatch;
    readonly offset: number;
  }[];
  private destroyed = false;

  /**
   * Compiles at once what is not compiled yet.
   * @internal
   * @param jobs that were checked, each with a GPUBuffer
   * @param recordKeys what derives the keys on the GPU; undefined where the host does
   */
  constructor(
    private readonly device: GPUDevice,
    private readonly jobs: readonly Job[],
    /** The number of seeds that it can hold at once. */
    readonly slots: number,
    private readonly owned: Owned,
    private readonly recordKeys?: KeyRecorder,
  ) {
    // First come the dispatches that read no operand, then the operands, then the dispatches that read them.
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
      const operand = operandOf(device, job)?.record(owned);
      if (operand === undefined) return add(first, planOn(device, job, buffer));
      add(first, operand.dispatches);
      operands.push(operand.recording);
      add(last, planOn(device, job, buffer, operand.buffer));
    });
    const early = rowsOf(first);
    const rows = [...early, ...rowsOf(last)];
    const parameters = parameterWords(rows);
    this.words = parameters.words;
    this.rows = rows.flatMap((of, i) =>
      of.map((dispatch, row) => ({
        job: jobOf.get(dispatch)!,
        dispatch,
        offset: parameters.offsets[i][row],
      })),
    );
    this.uniforms = createUniforms(device, this.words, slots, owned, recordKeys === undefined ? 0 : STORAGE);
    const commands = commandsOf(device, rows, parameters, this.uniforms);
    const recording = (part: typeof commands): Recording => new Recording(part, slots, this.words.byteLength);
    // The key is the first member of the parameters.
    const targets = this.rows.map(({ job, offset }) => ({ name: jobs[job].name, word: offset / 4 }));
    this.recordings = [
      ...(recordKeys === undefined ? [] : [recordKeys(targets, this.uniforms, owned)]),
      recording(commands.slice(0, early.length)),
      ...operands,
      recording(commands.slice(early.length)),
    ];
  }

  /**
   * Compiles without stalling the page, and reports what cannot be made.
   * @internal
   */
  static async create(
    device: GPUDevice,
    jobs: readonly Job[],
    slots: number,
    recordKeys?: KeyRecorder,
  ): Promise<PreparedFill> {
    const operands = jobs.map((job) => operandOf(device, job));
    const planned = jobs.map((job) => planOn(device, job, job.buffer as GPUBuffer));
    // An operand takes at most as many rows as the dispatches that read it.
    const rows = planned.reduce(
      (sum, { length }, i) => sum + (operands[i] === undefined ? 1 : 2) * length,
      0,
    );
    const bytes = slots * (OFFSET_ALIGNMENT * rows + ROWS * ROW_BYTES);
    checkBufferSize(device, bytes, 'the parameters need', 'take fewer slots');
    const compiled = operands.map((operand) => operand?.prepare());
    const kernels = Promise.all([Pipelines.prepare(device, planned.flat()), ...compiled]);
    await Health.of(device).wait('the kernels', kernels);
    return guarded(device, 'preparing', (owned) => new PreparedFill(device, jobs, slots, owned, recordKeys));
  }

  /**
   * Encodes the filling of all tensors into a command encoder or a compute pass.
   *
   * It submits nothing, writes nothing to a queue and waits for nothing. The only GPU object that it makes is
   * the pass, where it is given a command encoder.
   * @param slot the slot whose seed is used, in [0, slots); default 0
   * @throws ArgumentError where the slot does not exist, `encoder` is no encoder, or this was destroyed
   * @throws DeviceError where the device was lost
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create({ backend: 'gpu' });
   * const device = sampler.device!;
   * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
   * const prepared = await sampler.prepare('he_normal', [32, 32], { seed: 42, buffer });
   * const encoder = device.createCommandEncoder();
   * const pass = encoder.beginComputePass();
   * prepared.encode(pass);
   * pass.end();
   * device.queue.submit([encoder.finish()]);
   * sampler.destroy();
   * ```
   */
  encode(encoder: Encoder, slot = 0): void {
    this.check(slot);
    checkEncoder(encoder);
    try {
      const pass =
        'dispatchWorkgroups' in encoder ? encoder : encoder.beginComputePass({ label: 'tensorseed' });
      for (const recording of this.recordings) recording.replay(pass, slot);
      if (pass !== encoder) pass.end();
    } catch (error) {
      // An encoder never throws, not even one that is finished or another device's.
      throw notAnEncoder(encoder, { cause: error });
    }
  }

  /**
   * Gives a slot another seed. Each tensor that has a name draws from the stream
   * `Key.from(seed).fold(name)`.
   *
   * The new keys are written with `queue.writeBuffer`. So they hold for all commands that are submitted after
   * this call, also for those that were encoded before it. Fills with different seeds in one submit need a
   * slot each.
   * @param slot the slot that gets the seed, in [0, slots); default 0
   * @throws ArgumentError where the seed cannot be right, the slot does not exist, this was destroyed, the key is
   *   in a buffer, or two tensors would share a stream because they have no names of their own
   * @throws DeviceError where the device was lost
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create({ backend: 'gpu' });
   * const device = sampler.device!;
   * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
   * const prepared = await sampler.prepare('random_uniform', [1024], { seed: 1, buffer, slots: 2 });
   * prepared.reseed(2, 1);
   * const encoder = device.createCommandEncoder();
   * prepared.encode(encoder, 0); // seed 1
   * prepared.encode(encoder, 1); // seed 2
   * device.queue.submit([encoder.finish()]);
   * sampler.destroy();
   * ```
   */
  reseed(seed: Seed | StreamKey, slot = 0): void {
    this.check(slot);
    if (this.recordKeys !== undefined) {
      throw new ArgumentError(
        `a prepared fill with its key in a buffer takes no seed: write the key to that buffer, got ${show(seed)}`,
      );
    }
    const stateful = this.jobs.find(({ stretches: [{ params }] }) => readsWords(params));
    if (stateful !== undefined) {
      throw new ArgumentError(
        `a prepared fill of ${stateful.stream === undefined ? stateful.stretches[0].draw.kind : `the stream ${stateful.stream.name}`} holds the words of one seed: prepare another for ${show(seed)}`,
      );
    }
    if (this.jobs.length > 1) checkOwnStreams(this.jobs);
    const keys = this.jobs.map(({ stream, name }) => keyIn(stream, seed, name));
    for (const { job, dispatch, offset } of this.rows) {
      const members = paramsOf({ ...dispatch, key: keys[job] });
      members.forEach(([, word], i) => (this.words[offset / 4 + i] = word));
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
   * Frees the GPU objects that it made. The buffers that it fills stay. Commands that use it and are not
   * submitted yet become invalid.
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create({ backend: 'gpu' });
   * const device = sampler.device!;
   * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
   * const prepared = await sampler.prepare('zeros', [1024], { buffer });
   * prepared.destroy();
   * sampler.destroy();
   * ```
   */
  destroy(): void {
    this.destroyed = true;
    this.owned.destroy();
    // Dawn keeps the memory of destroyed objects until something is submitted.
    this.device.queue.submit([]);
  }
}

/** @throws ArgumentError unless `encoder` is a command encoder or a compute pass */
export function checkEncoder(encoder: Encoder): void {
  if (
    typeof encoder !== 'object' ||
    encoder === null ||
    !reading('encoder', () => 'beginComputePass' in encoder || 'dispatchWorkgroups' in encoder)
  ) {
    throw notAnEncoder(encoder);
  }
}

function notAnEncoder(value: unknown, options?: ErrorOptions): ArgumentError {
  return new ArgumentError(
    `encoder must be a GPUCommandEncoder or a GPUComputePassEncoder, got ${show(value)}`,
    options,
  );
}
