import type { Encoder, Recording } from '../../backends/gpu/commands/recording';
import { Health } from '../../backends/gpu/device/health';
import type { Owned } from '../../backends/gpu/device/owned';
import { guarded } from '../../backends/gpu/device/scope';
import { checkKeys, KeyFold } from '../../backends/gpu/keys/fold';
import { checkEncoder } from '../../backends/gpu/prepared';
import type { KeysPlace } from '../../backends/keys_place';
import { ArgumentError, show } from '../../core/errors';
import type { Key, Seed } from '../../streams/key';
import { keyOf } from '../key';
import { keyBuffer } from './key_buffer';

/** Where the random numbers of a prepared operation come from. */
export interface PreparedSource {
  /** The key that the host derived, or undefined where it is derived on the GPU. */
  readonly key: Key | undefined;
  readonly name: string | undefined;
  readonly keys: KeysPlace | undefined;
}

/**
 * An operation that can be encoded again and again without making a GPU object, from `prepareCategorical`,
 * `prepareDropout` and `prepareNoise`.
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 * import { type PreparedOperation, prepareDropout } from 'tensorseed/operations';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const device = sampler.device!;
 * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
 * const options = { rate: 0.1, seed: 42, name: 'layer_0', buffer };
 * const prepared: PreparedOperation = await prepareDropout(sampler, buffer, options);
 * for (let step = 0; step < 3; step++) {
 *   prepared.reseed(42, step);
 *   const encoder = device.createCommandEncoder();
 *   prepared.encode(encoder);
 *   device.queue.submit([encoder.finish()]);
 * }
 * prepared.destroy();
 * sampler.destroy();
 * ```
 */
export class PreparedOperation {
  private destroyed = false;

  private constructor(
    private readonly device: GPUDevice,
    private readonly source: PreparedSource,
    private readonly recordings: readonly Recording[],
    private readonly key: GPUBuffer,
    private readonly owned: Owned,
  ) {}

  /**
   * Makes the GPU objects of an operation whose kernels are compiled.
   * @internal
   * @param record records the operation, which reads the buffer with the key
   */
  static async create(
    device: GPUDevice,
    source: PreparedSource,
    record: (key: GPUBuffer, owned: Owned) => Recording,
  ): Promise<PreparedOperation> {
    const place = source.keys === undefined ? undefined : checkKeys(device, source.keys, 1, []);
    if (place !== undefined) await Health.of(device).wait('the kernels', KeyFold.prepare(device));
    return guarded(device, 'preparing', (owned) => {
      const key = keyBuffer(device, source.key, owned);
      const recordings = [record(key, owned)];
      if (place !== undefined) {
        const target = { name: source.name, word: 0 };
        recordings.unshift(KeyFold.of(device).record(place, [target], key, owned));
      }
      return new PreparedOperation(device, source, recordings, key, owned);
    });
  }

  /**
   * Encodes the operation into a command encoder or a compute pass. It submits nothing, writes nothing to a queue and
   * waits for nothing. The only GPU object that it makes is the pass, where it is given a command encoder.
   * @throws ArgumentError where `encoder` is no encoder, or this was destroyed
   * @throws DeviceError where the device was lost
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   * import { prepareDropout } from 'tensorseed/operations';
   *
   * const sampler = await Sampler.create({ backend: 'gpu' });
   * const device = sampler.device!;
   * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
   * const prepared = await prepareDropout(sampler, buffer, { rate: 0.1, seed: 42, buffer });
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
   * Gives the operation another seed. The key is written with `queue.writeBuffer`. So it holds for all commands that
   * are submitted after this call, also for those that were encoded before it.
   * @param step the number of the step, as in the options
   * @throws ArgumentError where the seed or the step cannot be right, the key is in a buffer, or this was destroyed
   * @throws DeviceError where the device was lost
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   * import { prepareNoise } from 'tensorseed/operations';
   *
   * const sampler = await Sampler.create({ backend: 'gpu' });
   * const device = sampler.device!;
   * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
   * const prepared = await prepareNoise(sampler, buffer, { stddev: 0.1, seed: 42 });
   * prepared.reseed(42, 1);
   * const encoder = device.createCommandEncoder();
   * prepared.encode(encoder);
   * device.queue.submit([encoder.finish()]);
   * sampler.destroy();
   * ```
   */
  reseed(seed: Seed, step?: number): void {
    this.check();
    if (this.source.keys !== undefined) {
      throw new ArgumentError(
        `a prepared operation with its key in a buffer takes no seed: write the key to that buffer, got ${show(seed)}`,
      );
    }
    const { lo, hi } = keyOf({ seed, name: this.source.name, step });
    this.device.queue.writeBuffer(this.key, 0, Uint32Array.of(lo, hi));
  }

  private check(): void {
    if (this.destroyed) throw new ArgumentError('a prepared operation cannot be used after it was destroyed');
    Health.of(this.device).check();
  }

  /**
   * Frees the GPU objects that it made. The buffers of the caller stay. Commands that use it and are not submitted
   * yet become invalid.
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   * import { prepareNoise } from 'tensorseed/operations';
   *
   * const sampler = await Sampler.create({ backend: 'gpu' });
   * const device = sampler.device!;
   * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
   * const prepared = await prepareNoise(sampler, buffer, { stddev: 0.1, seed: 42 });
   * prepared.destroy();
   * sampler.destroy();
   * ```
   */
  destroy(): void {
    this.destroyed = true;
    this.owned.destroy();
  }
}
