import type { Encoder, Recording } from '../../backends/gpu/commands/recording';
import { Health } from '../../backends/gpu/device/health';
import type { Owned } from '../../backends/gpu/device/owned';
import { guarded } from '../../backends/gpu/device/scope';
import { checkKeys, KeyFold } from '../../backends/gpu/keys/fold';
import { checkEncoder } from '../../backends/gpu/prepared';
import type { KeysPlace } from '../../backends/keys_place';
import { ArgumentError, show } from '../../core/errors';
import type { Seed } from '../../streams/key';
import { checkStorage } from '../gpu/memory';
import { keyBuffer } from '../gpu/key_buffer';
import { OperationPipelines } from '../gpu/pipelines';
import { recordCalls } from '../gpu/program';
import { keyOf } from '../key';
import { categoricalCalls, kernelsOf } from './gpu';
import { checkCategorical, type Destined, type LogitsOptions } from './options';
import { placesOnGpu } from './places';

/**
 * A choice from logits that can be made again and again without making a GPU object, from `prepareCategorical`.
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 * import { type PreparedCategorical, prepareCategorical } from 'tensorseed/operations';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const device = sampler.device!;
 * const usage = GPUBufferUsage.STORAGE;
 * const logits = device.createBuffer({ size: 4 * 1000, usage });
 * const buffer = device.createBuffer({ size: 4, usage });
 * const options = { vocabulary: 1000, topK: 40, seed: 42, buffer };
 * const prepared: PreparedCategorical = await prepareCategorical(sampler, logits, options);
 * for (let step = 0; step < 3; step++) {
 *   prepared.reseed(42, step);
 *   const encoder = device.createCommandEncoder();
 *   // Here a model computes the logits.
 *   prepared.encode(encoder);
 *   device.queue.submit([encoder.finish()]);
 * }
 * prepared.destroy();
 * sampler.destroy();
 * ```
 */
export class PreparedCategorical {
  private destroyed = false;

  private constructor(
    private readonly device: GPUDevice,
    private readonly name: string | undefined,
    private readonly keys: KeysPlace | undefined,
    private readonly recordings: readonly Recording[],
    private readonly key: GPUBuffer,
    private readonly owned: Owned,
  ) {}

  /**
   * Compiles without stalling the page, and reports what cannot be made.
   * @internal
   */
  static async create(
    device: GPUDevice,
    logits: unknown,
    given: LogitsOptions & Destined,
  ): Promise<PreparedCategorical> {
    const asked = checkCategorical(given);
    const { name, buffer, keys, seed, step } = given;
    for (const [option, value] of Object.entries({ seed, step }))
      if (keys !== undefined && value !== undefined)
        throw new ArgumentError(`${option} must be left out where keys has the key, got ${show(value)}`);
    checkStorage(device, 'logits', logits);
    checkStorage(device, 'buffer', buffer);
    const { dtype, plan } = placesOnGpu(device, asked, logits, buffer);
    await OperationPipelines.of(device).prepare(kernelsOf(asked, dtype, plan));
    const place = keys === undefined ? undefined : checkKeys(device, keys, 1, []);
    if (place !== undefined) await Health.of(device).wait('the kernels', KeyFold.prepare(device));
    return guarded(device, 'preparing', (owned) => {
      const key = keyBuffer(device, asked.key, owned);
      const places = {
        logits: logits as GPUBuffer,
        key,
        output: buffer as GPUBuffer,
        outputOffset: asked.byteOffset,
      };
      const calls = categoricalCalls(device, asked, dtype, plan, places, owned);
      const recordings = [recordCalls(device, calls, owned)];
      if (place !== undefined)
        recordings.unshift(KeyFold.of(device).record(place, [{ name, word: 0 }], key, owned));
      return new PreparedCategorical(device, name, keys, recordings, key, owned);
    });
  }

  /**
   * Encodes the choice into a command encoder or a compute pass. It submits nothing, writes nothing to a queue and
   * waits for nothing. The only GPU object that it makes is the pass, where it is given a command encoder.
   * @throws ArgumentError where `encoder` is no encoder, or this was destroyed
   * @throws DeviceError where the device was lost
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   * import { prepareCategorical } from 'tensorseed/operations';
   *
   * const sampler = await Sampler.create({ backend: 'gpu' });
   * const device = sampler.device!;
   * const logits = device.createBuffer({ size: 400, usage: GPUBufferUsage.STORAGE });
   * const buffer = device.createBuffer({ size: 4, usage: GPUBufferUsage.STORAGE });
   * const prepared = await prepareCategorical(sampler, logits, { vocabulary: 100, seed: 42, buffer });
   * const encoder = device.createCommandEncoder();
   * const pass = encoder.beginComputePass();
   * prepared.encode(pass);
   * pass.end();
   * device.queue.submit([encoder.finish()]);
   * sampler.destroy();
   * ```
   */
  encode(encoder: Encoder): void {
    this.check();
    checkEncoder(encoder);
    const pass =
      'dispatchWorkgroups' in encoder ? encoder : encoder.beginComputePass({ label: 'tensorseed' });
    for (const recording of this.recordings) recording.replay(pass);
    if (pass !== encoder) pass.end();
  }

  /**
   * Gives the choice another seed. The key is written with `queue.writeBuffer`. So it holds for all commands that are
   * submitted after this call, also for those that were encoded before it.
   * @param step the number of the step, as in the options
   * @throws ArgumentError where the seed or the step cannot be right, or this was destroyed
   * @throws DeviceError where the device was lost
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   * import { prepareCategorical } from 'tensorseed/operations';
   *
   * const sampler = await Sampler.create({ backend: 'gpu' });
   * const device = sampler.device!;
   * const logits = device.createBuffer({ size: 400, usage: GPUBufferUsage.STORAGE });
   * const buffer = device.createBuffer({ size: 4, usage: GPUBufferUsage.STORAGE });
   * const prepared = await prepareCategorical(sampler, logits, { vocabulary: 100, seed: 42, buffer });
   * prepared.reseed(42, 1);
   * const encoder = device.createCommandEncoder();
   * prepared.encode(encoder);
   * device.queue.submit([encoder.finish()]);
   * sampler.destroy();
   * ```
   */
  reseed(seed: Seed, step?: number): void {
    this.check();
    if (this.keys !== undefined) {
      throw new ArgumentError(
        `a prepared choice with its key in a buffer takes no seed: write the key to that buffer, got ${show(seed)}`,
      );
    }
    const { lo, hi } = keyOf({ seed, name: this.name, step });
    this.device.queue.writeBuffer(this.key, 0, Uint32Array.of(lo, hi));
  }

  private check(): void {
    if (this.destroyed) throw new ArgumentError('a prepared choice cannot be used after it was destroyed');
    Health.of(this.device).check();
  }

  /**
   * Frees the GPU objects that it made. The buffers of the caller stay. Commands that use it and are not submitted
   * yet become invalid.
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   * import { prepareCategorical } from 'tensorseed/operations';
   *
   * const sampler = await Sampler.create({ backend: 'gpu' });
   * const device = sampler.device!;
   * const logits = device.createBuffer({ size: 400, usage: GPUBufferUsage.STORAGE });
   * const buffer = device.createBuffer({ size: 4, usage: GPUBufferUsage.STORAGE });
   * const prepared = await prepareCategorical(sampler, logits, { vocabulary: 100, seed: 42, buffer });
   * prepared.destroy();
   * sampler.destroy();
   * ```
   */
  destroy(): void {
    this.destroyed = true;
    this.owned.destroy();
  }
}
