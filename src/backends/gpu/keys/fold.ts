import { body as CODE } from '../../../../shaders/keys/fold.wgsl';
import { count, knownKeys, trueOrFalse } from '../../../core/check';
import { ArgumentError, within } from '../../../core/errors';
import type { Job } from '../../../jobs/job';
import { piecesOfName } from '../../../streams/key';
import type { KeysPlace } from '../../keys_place';
import { Recording } from '../commands/recording';
import { checkGpuBuffer, createFilledBuffer, STORAGE } from '../device/buffer';
import type { Owned } from '../device/owned';

/** A row of parameters whose key is derived on the GPU. */
export interface KeyTarget {
  /** What is folded into the key after the step; undefined for nothing. */
  readonly name: string | undefined;
  /** The index of the key's first word in the parameters. */
  readonly word: number;
}

/** A device's pipeline of shaders/keys/fold.wgsl, which derives the keys of a step. */
export class KeyFold {
  private readonly layout: GPUBindGroupLayout;
  private made: GPUComputePipeline | undefined;

  private constructor(private readonly device: GPUDevice) {
    const types = ['storage', 'storage', 'read-only-storage'] as const;
    this.layout = device.createBindGroupLayout({
      label: 'tensorseed keys',
      entries: types.map((type, binding) => ({
        binding,
        visibility: 4, // GPUShaderStage.COMPUTE
        // A recording gives each of its commands an offset.
        buffer: { type, hasDynamicOffset: type === 'read-only-storage' },
      })),
    });
  }

  private static readonly ofDevice = new WeakMap<GPUDevice, KeyFold>();

  static of(device: GPUDevice): KeyFold {
    let fold = KeyFold.ofDevice.get(device);
    if (fold === undefined) KeyFold.ofDevice.set(device, (fold = new KeyFold(device)));
    return fold;
  }

  /** Compiles without stalling the page. */
  static async prepare(device: GPUDevice): Promise<void> {
    const fold = KeyFold.of(device);
    fold.made ??= await device.createComputePipelineAsync(fold.descriptor());
  }

  /**
   * Makes the GPU objects of one dispatch, which writes the keys of the step into the parameters and moves the
   * step on.
   * @param place which was checked
   * @param parameters a buffer with STORAGE usage
   */
  record(
    { buffer, byteOffset, advance }: Required<KeysPlace>,
    targets: readonly KeyTarget[],
    parameters: GPUBuffer,
    owned: Owned,
  ): Recording {
    const { device } = this;
    const alignment = device.limits.minStorageBufferOffsetAlignment;
    const offset = byteOffset - (byteOffset % alignment);
    const words = programOf((byteOffset - offset) / 4, Number(advance), targets);
    const program = createFilledBuffer(device, 'tensorseed keys', words, STORAGE, owned);
    const bindGroup = device.createBindGroup({
      label: 'tensorseed keys',
      layout: this.layout,
      entries: [
        { binding: 0, resource: { buffer, offset, size: byteOffset - offset + KEY_AND_STEP_BYTES } },
        { binding: 1, resource: { buffer: parameters } },
        { binding: 2, resource: { buffer: program, size: words.byteLength } },
      ],
    });
    this.made ??= device.createComputePipeline(this.descriptor());
    return new Recording([{ pipeline: this.made, bindGroup, offset: 0, workgroups: [1, 1] }]);
  }

  private descriptor(): GPUComputePipelineDescriptor {
    const { device } = this;
    const label = 'tensorseed keys';
    const layout = device.createPipelineLayout({ label, bindGroupLayouts: [this.layout] });
    const module = device.createShaderModule({ label, code: CODE });
    return { label, layout, compute: { module, entryPoint: 'main' } };
  }
}

/** The bytes of a key and a step in the caller's buffer. */
const KEY_AND_STEP_BYTES = 16;

/**
 * Checks where the key is.
 * @throws ArgumentError unless it is in a buffer that kernels may write, there is one slot, and every job has keys
 *   that are derived as a `Key` is
 */
export function checkKeys(
  device: GPUDevice,
  place: KeysPlace,
  slots: number,
  jobs: readonly Job[],
): Required<KeysPlace> {
  const given = knownKeys('keys', place, ['buffer', 'byteOffset', 'advance']) as unknown as KeysPlace;
  const { buffer, byteOffset: offset, advance = true } = given;
  const byteOffset = offset === undefined ? 0 : count('keys.byteOffset', offset);
  if (byteOffset % 4 !== 0)
    throw new ArgumentError(`keys.byteOffset must be a multiple of 4, got ${byteOffset}`);
  trueOrFalse('keys.advance', advance);
  if (slots > 1) throw new ArgumentError(`slots must be 1 where keys has the key, got ${slots}`);
  const size = within('keys', () => checkGpuBuffer(device, buffer));
  const needed = byteOffset + KEY_AND_STEP_BYTES;
  if (needed > size) {
    throw new ArgumentError(
      `keys.buffer must have at least ${needed} bytes for a key and a step at byteOffset ${byteOffset}, got ${size}`,
    );
  }
  for (const { label, stream, stretches } of jobs) {
    const [{ draw, params }] = stretches;
    if (params.kernel === 'copy' && params.random) {
      within(label, () => {
        throw new ArgumentError(`the host computes ${draw.kind}, and cannot read keys: give a seed`);
      });
    }
    if (stream === undefined || stream.derivesAsKey === true) continue;
    within(label, () => {
      throw new ArgumentError(
        `keys are of tensorseed's own stream, got the stream ${stream.name}: give a seed`,
      );
    });
  }
  return { buffer, byteOffset, advance };
}

/** `program` in shaders/keys/fold.wgsl. */
function programOf(keyWord: number, advance: number, targets: readonly KeyTarget[]): Uint32Array {
  const pieces: (readonly number[])[] = [];
  const firstOf = new Map<string, readonly [first: number, count: number]>();
  const rows = targets.map(({ name, word }) => {
    if (name === undefined) return [0, 0, word, 0];
    let range = firstOf.get(name);
    if (range === undefined) {
      const own = piecesOfName(name);
      firstOf.set(name, (range = [1 + targets.length + pieces.length, own.length]));
      pieces.push(...own);
    }
    return [...range, word, 0];
  });
  return Uint32Array.from([[keyWord, targets.length, advance, 0], ...rows, ...pieces].flat());
}
