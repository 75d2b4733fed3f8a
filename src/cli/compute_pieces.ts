import type { Draw, Dtype, Job, KeyData, MathMode, Range, Sampler, Shape } from '../index';
import { streamNamed } from '../streams/named';
import { keyData } from './key_data';

/** Elements of a tensor that are to be computed, as plain data. All lie in the same part of it. */
export interface PieceRequest {
  readonly draw: Draw;
  readonly shape: Shape;
  readonly dtype: Dtype;
  readonly math: MathMode;
  /** The key of the tensor's stream as plain data, and the name of the stream beside tensorseed's own. */
  readonly key: object;
  readonly stream: string | undefined;
  /** The elements, counted row-major in the tensor. */
  readonly range: Range;
}

/** Some elements of a job as a request. */
export function pieceOf(job: Job, draw: Draw, range: Range): PieceRequest {
  const { shape, dtype, math, key, stream } = job;
  return { draw, shape, dtype, math, key: keyData(key), stream: stream?.name, range };
}

/** The bytes of each piece. */
export async function computePieces(
  pieces: readonly PieceRequest[],
  sampler: Sampler,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (const { draw, shape, dtype, math, key, range, ...named } of pieces) {
    const stream = named.stream === undefined ? undefined : streamNamed('stream', named.stream);
    const initializer = { className: 'Draw', resolve: () => draw, getConfig: () => ({}) };
    const options = { seed: key as KeyData, stream, dtype, math, range };
    const { buffer, byteOffset, byteLength } = await sampler.fill(initializer, shape, options);
    parts.push(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
  }
  return parts;
}
