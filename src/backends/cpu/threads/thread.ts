import { host } from '../../../core/current_host';
import type { WorkerPort } from '../../../core/host';
import script from './worker.ts?script';
import type { PieceRequest } from './worker';

/** A thread that computes pieces, in the order in which they are asked for. */
export class Thread {
  /** True from the thread's first message until its end. The policy of a page may prevent that it starts. */
  ready = false;
  /** True from its end on. */
  ended = false;
  private port: WorkerPort | undefined;
  private readonly waiting: ((buffer: ArrayBuffer | undefined) => void)[] = [];

  /** @param url of its script in browsers, undefined for the one in the bundle */
  constructor(module: WebAssembly.Module, url: string | undefined) {
    try {
      this.port = host().startWorker(script, url, {
        message: (data) => {
          if (data === 'ready') this.ready = true;
          else this.settle(data as ArrayBuffer);
        },
        end: () => this.end(),
      });
      this.port.hold(false);
      this.port.post(module, []);
    } catch {
      this.end();
    }
  }

  /** @returns the piece's buffer, filled, or undefined where the thread ended before it was done */
  compute(piece: PieceRequest): Promise<ArrayBuffer | undefined> {
    if (!this.ready) return Promise.resolve(undefined);
    if (this.waiting.length === 0) this.port!.hold(true);
    this.port!.post(piece, [piece.buffer]);
    return new Promise((resolve) => void this.waiting.push(resolve));
  }

  private settle(buffer: ArrayBuffer | undefined): void {
    this.waiting.shift()?.(buffer);
    if (this.waiting.length === 0) this.port?.hold(false);
  }

  private end(): void {
    this.ended = true;
    this.ready = false;
    while (this.waiting.length > 0) this.settle(undefined);
  }

  terminate(): void {
    this.port?.terminate();
    this.end();
  }
}
