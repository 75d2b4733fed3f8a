import { host } from '../../../core/current_host';
import type { WorkerPort } from '../../../core/host';
import script from './worker.ts?script';
import type { QrRequest } from './qr_calls';
import type { PieceRequest } from './worker';

/** A thread that answers requests, in the order in which they are made. */
export class Thread {
  /** True from the thread's first message until its end. The policy of a page may prevent that it starts. */
  ready = false;
  /** True from its end on. */
  ended = false;
  private port: WorkerPort | undefined;
  private readonly waiting: ((answer: unknown) => void)[] = [];

  /** @param url of its script in browsers, undefined for the one in the bundle */
  constructor(module: WebAssembly.Module, url: string | undefined) {
    try {
      this.port = host().startWorker(script, url, {
        message: (data) => {
          if (data === 'ready') this.ready = true;
          else this.settle(data);
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
    return this.ask(piece, [piece.buffer]) as Promise<ArrayBuffer | undefined>;
  }

  /** @returns the answer to a request, or undefined where the thread ended before */
  ask(request: PieceRequest | QrRequest, transfer: readonly ArrayBuffer[]): Promise<unknown> {
    if (!this.ready) return Promise.resolve(undefined);
    if (this.waiting.length === 0) this.port!.hold(true);
    this.port!.post(request, transfer);
    return new Promise((resolve) => void this.waiting.push(resolve));
  }

  private settle(answer: unknown): void {
    this.waiting.shift()?.(answer);
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
