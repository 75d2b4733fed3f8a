/** What a thread runs: computes one piece after the other, as it is asked to. */
import { patternsIn } from '../../../core/dtype';
import { Engine, type Stream } from '../wasm/engine';

/** Elements [start, start + count) of a stream, to be written into `buffer`. */
export interface Piece {
  readonly stream: Stream;
  readonly start: number;
  readonly count: number;
  readonly buffer: ArrayBuffer;
}

/** The thread's end of its channel, which ./thread.ts puts before this script: a worker's `self` or Node's `parentPort`. */
declare const channel: {
  onmessage: (event: { readonly data: WebAssembly.Module | Piece }) => void;
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
};

let engine: Promise<Engine>;

/** First comes the module, answered when the thread is ready, then come pieces, each answered by its filled buffer. */
async function answer(request: WebAssembly.Module | Piece): Promise<void> {
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
    // A rejection would end no browser's worker, an error does.
    setTimeout(() => {
      throw error;
    });
  });
};
