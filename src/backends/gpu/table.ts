import type { Watch } from '../../core/watch';
import { GROUPS_PER_DISPATCH } from '../../jobs/plan';
import { Recording } from './commands/recording';
import { createFilledBuffer, STORAGE } from './device/buffer';
import type { Owned } from './device/owned';
import { guarded } from './device/scope';
import type { Operand, RecordedOperand } from './operand';

/** A table that the host has computed, the same for all elements and all keys. */
export class Table implements Operand {
  readonly work: number;

  /** @param count the number of elements that are computed with it */
  constructor(
    private readonly device: GPUDevice,
    private readonly words: Uint32Array<ArrayBuffer>,
    count: number,
  ) {
    this.work = count / (4 * GROUPS_PER_DISPATCH);
  }

  async prepare(): Promise<void> {
    // Nothing is compiled.
  }

  async compute({ onProgress }: Watch): Promise<GPUBuffer> {
    const buffer = await guarded(this.device, 'allocating a table', (owned) => this.create(owned));
    onProgress?.(1);
    return buffer;
  }

  record(owned: Owned): RecordedOperand {
    return { buffer: this.create(owned), dispatches: [], recording: new Recording([]) };
  }

  private create(owned: Owned): GPUBuffer {
    return createFilledBuffer(this.device, 'tensorseed table', this.words, STORAGE, owned);
  }
}
