/** The script of a thread. It computes pieces, and helps with factorizations, one request after the other. */
import { patternsIn } from '../../../core/dtype';
import { Engine, type Stream } from '../wasm/engine';
import { answerQr, type QrRequest } from './qr_calls';

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
  onmessage: (event: { readonly data: WebAssembly.Module | PieceRequest | QrRequest }) => void;
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
};

let engine: Promise<Engine>;
let module: WebAssembly.Module;

/**
 * Answers a request. The first is the module, and its answer is 'ready'. The answer to a piece is its filled
 * buffer, and that to a call is its result.
 */
async function answer(request: WebAssembly.Module | PieceRequest | QrRequest): Promise<void> {
  if (request instanceof WebAssembly.Module) {
    module = request;
    engine = Engine.open(request);
    await engine;
    channel.postMessage('ready');
    return;
  }
  if ('qr' in request) {
    const result = answerQr(module, request);
    channel.postMessage(result, result instanceof Float64Array ? [result.buffer] : []);
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
