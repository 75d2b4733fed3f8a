import { isNode } from '../../../core/platform';
import script from './worker.ts?script';
import type { PieceRequest } from './worker';

/** What a browser's workers and Node's have in common here. */
interface Port {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  terminate(): void;
  /** Says whether the process has to wait for the worker before it ends. */
  hold(yes: boolean): void;
}

interface Listener {
  message(data: unknown): void;
  /** The worker could not start, or it failed, or it was terminated. */
  end(): void;
}

/** A thread that computes pieces, in the order in which they are asked for. */
export class Thread {
  /** True from the thread's first message until its end. The policy of a page may prevent that it starts. */
  ready = false;
  private ended = false;
  private port: Port | undefined;
  private readonly waiting: ((buffer: ArrayBuffer | undefined) => void)[] = [];

  constructor(module: WebAssembly.Module) {
    void this.start(module);
  }

  private async start(module: WebAssembly.Module): Promise<void> {
    try {
      const port = await openPort({
        message: (data) => {
          if (data === 'ready') this.ready = true;
          else this.settle(data as ArrayBuffer);
        },
        end: () => this.end(),
      });
      if (this.ended) port.terminate();
      port.hold(false);
      port.post(module, []);
      this.port = port;
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

function openPort(listener: Listener): Promise<Port> | Port {
  return isNode() ? openNodeWorker(listener) : openWebWorker(listener);
}

/** A worker from a blob, so that no bundler has to know of a second file. */
function openWebWorker({ message, end }: Listener): Port {
  const url = URL.createObjectURL(
    new Blob([`const channel = self;\n${script}`], { type: 'text/javascript' }),
  );
  const worker = new Worker(url, { type: 'module', name: 'tensorseed' });
  worker.onmessage = ({ data }) => {
    URL.revokeObjectURL(url);
    message(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    end();
  };
  return {
    post: (data, transfer) => worker.postMessage(data, [...transfer]),
    terminate: () => worker.terminate(),
    hold() {
      // A page does not wait for its workers.
    },
  };
}

async function openNodeWorker({ message, end }: Listener): Promise<Port> {
  const name = 'node:worker_threads'; // no literal, so that bundlers for browsers leave it alone
  const { Worker } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ name
  )) as typeof import('node:worker_threads');
  const source = `const channel = require('node:worker_threads').parentPort;\n${script}`;
  const worker = new Worker(source, { eval: true, execArgv: [], name: 'tensorseed' });
  worker.on('message', message).on('error', end).on('exit', end);
  return {
    post: (data, transfer) => worker.postMessage(data, transfer),
    terminate: () => void worker.terminate(),
    hold: (yes) => (yes ? worker.ref() : worker.unref()),
  };
}
