import { throwIfAborted } from '../../../core/abort';
import type { Watch } from '../../../core/watch';
import { Health } from './health';

/**
 * The most submits ahead of the GPU. It is small, so that an abort is soon obeyed and no queue grows without
 * end.
 */
const SUBMITS_IN_FLIGHT = 4;

/** The submits of one computation that the GPU may still be busy with. */
export class InFlight {
  private readonly submits: { done: Promise<undefined>; share: number }[] = [];

  constructor(
    private readonly device: GPUDevice,
    private readonly watch: Watch,
  ) {}

  /**
   * Notes a submit that was just made, and waits where the queue is full.
   * @param share of the work that this submit and all before it have together
   */
  async add(share: number): Promise<void> {
    const done = this.device.queue.onSubmittedWorkDone();
    done.catch(() => undefined); // Nobody may wait for it.
    this.submits.push({ done, share });
    if (this.submits.length >= SUBMITS_IN_FLIGHT) await this.oldest();
  }

  /**
   * Waits for all submits where somebody listens to their progress.
   * @throws the reason of the signal as soon as one of them is done after it was aborted
   */
  async finish(): Promise<void> {
    if (this.watch.onProgress === undefined) return;
    while (this.submits.length > 0) await this.oldest();
  }

  private async oldest(): Promise<void> {
    const { done, share } = this.submits.shift()!;
    await Health.of(this.device).wait('the submitted work', done);
    throwIfAborted(this.watch.signal);
    this.watch.onProgress?.(share);
  }
}
