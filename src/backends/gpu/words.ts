import { throwIfAborted } from '../../core/abort';
import { bytesPerElement } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import type { Watch } from '../../core/watch';
import { hasWords } from '../../distributions/foreign';
import type { Parameters } from '../../distributions/parameters';
import { type Job, partOf } from '../../jobs/job';
import { firstOfBlock, GROUPS_PER_DISPATCH } from '../../jobs/plan';
import { approach } from '../approach';
import { copiedElements } from '../copied';
import { Recording } from './commands/recording';
import { checkBufferSize, STORAGE } from './device/buffer';
import type { Owned } from './device/owned';
import { guarded } from './device/scope';
import type { Operand, RecordedOperand } from './operand';

/** The elements whose words are in memory at once: 1 MiB. The host takes 20 to 80 ms for them. */
const ELEMENTS_PER_PIECE = 2 ** 18;

/** Whether the host computes words of a seed for parameters, or for the normals of a matrix. */
export function readsWords(params: Parameters): boolean {
  if (params.kernel === 'copy') return params.random;
  return hasWords(params.kernel === 'orthogonal' ? params.normals : params);
}

/** Whether a kernel copies what the host computes. */
function copiesWords(params: Parameters): params is Extract<Parameters, { kernel: 'foreign' | 'copy' }> {
  return params.kernel === 'copy' || hasWords(params);
}

/** Cuts a job whose words the host computes into pieces of bounded memory. Any other job is one piece. */
export function piecesOf(job: Job): readonly Job[] {
  const { start, count } = job.range;
  if (!copiesWords(job.stretches[0].params) || count <= ELEMENTS_PER_PIECE) return [job];
  const size = bytesPerElement(job.dtype);
  return Array.from({ length: Math.ceil(count / ELEMENTS_PER_PIECE) }, (_, i) => {
    const done = i * ELEMENTS_PER_PIECE;
    const range = { start: start + done, count: Math.min(count - done, ELEMENTS_PER_PIECE) };
    return partOf(job, range, job.byteOffset + done * size);
  });
}

/** The words that the host computes for a job; undefined where its kernel reads none. */
export function wordsOf(device: GPUDevice, job: Job): HostWords | undefined {
  // A generator with state draws no parts.
  const [{ params, range }] = job.stretches;
  return copiesWords(params) && range.count > 0 ? new HostWords(device, job, params) : undefined;
}

/**
 * The words of a generator with state, which the host computes because they follow one another, or elements that no
 * shader computes to the last bit.
 */
class HostWords implements Operand {
  readonly work: number;
  private readonly start: number;
  private readonly count: number;

  constructor(
    private readonly device: GPUDevice,
    private readonly job: Job,
    private readonly params: Extract<Parameters, { kernel: 'foreign' | 'copy' }>,
  ) {
    const { start, count } = job.range;
    this.start = firstOfBlock(start);
    this.count = start + count - this.start;
    this.work = count / (4 * GROUPS_PER_DISPATCH);
  }

  async prepare(): Promise<void> {
    // Nothing is compiled.
  }

  async compute({ signal, onProgress }: Watch): Promise<GPUBuffer> {
    await approach(this.params, this.job.key, this.start, async () => {
      throwIfAborted(signal);
      await new Promise((resolve) => setTimeout(resolve));
    });
    const buffer = await guarded(this.device, `allocating ${this.bytes} bytes`, (owned) =>
      owned.add(this.create()),
    );
    onProgress?.(1);
    return buffer;
  }

  /** @throws DeviceError, ArgumentError where the words do not fit one buffer */
  record(owned: Owned): RecordedOperand {
    checkBufferSize(
      this.device,
      this.bytes,
      'the words of the tensor need',
      'encode ranges of it, or fill it',
    );
    const most = this.device.limits.maxStorageBufferBindingSize;
    if (this.bytes > most) {
      throw new ArgumentError(
        `the words of ${this.job.stream === undefined ? this.job.stretches[0].draw.kind : `the stream ${this.job.stream.name}`} must fit one binding of ${most} bytes to be encoded, got ${this.bytes}; encode ranges of the tensor, or fill it`,
      );
    }
    return { buffer: owned.add(this.create()), dispatches: [], recording: new Recording([]) };
  }

  /** Whole blocks, because a binding of vectors has no other length. */
  private get bytes(): number {
    return 16 * Math.ceil(this.count / 4);
  }

  private create(): GPUBuffer {
    const { params, start, count } = this;
    const buffer = this.device.createBuffer({
      label: 'tensorseed words',
      size: this.bytes,
      usage: STORAGE,
      mappedAtCreation: true,
    });
    const words = new Uint32Array(buffer.getMappedRange(), 0, count);
    if (params.kernel === 'copy') copiedElements(params, this.job.key, start, words);
    else words.set(params.source.words!(params.values, this.job.key, start, count));
    buffer.unmap();
    return buffer;
  }
}
