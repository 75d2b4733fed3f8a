/** The script of a thread. It computes one piece after the other. */
import { patternsIn } from '../../../core/dtype';
import { Engine, type Stream } from '../wasm/engine';

/** The elements [start, start + count) of a stream, to be written into `buffer`. */
export interface PieceRequest {
  readonly stream: Stream;
  readonly start: number;
  readonly count: number;
  readonly buffer: ArrayBuffer;
}

/**
 * The channel to the caller: a worker's `self` or Node's `parentPort`. ./thread.ts declares it before this
 * script.
 */
declare const channel: {
  onmessage: (event: { readonly data: WebAssembly.Module | PieceRequest }) => void;
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
};

let engine: Promise<Engine>;

/**
 * Answers a request. The first is the module, and its answer is 'ready'. Pieces follow, and the answer to
 * each is its filled buffer.
 */
async function answer(request: WebAssembly.Module | PieceRequest): Promise<void> {
  if (request instanceof WebAssembly.Module) {
    engine = Engine.open(request);
    await engine;
    channel.postMessage('ready');
    return;
  }
  const { stream, start, count, buffer } = request;
  const out = patternsIn(stream.dtype, buffer, 0, count);
  (await engine).fill(stream, start, out);
  channel.postMessage(buffer, [buffer]);
}

channel.onmessage = ({ data }) => {
  answer(data).catch((error: unknown) => {
    // An error ends the worker of a browser, but a rejection does not.
    setTimeout(() => {
      throw error;
    });
  });
};
