import { computePieces, type PieceRequest } from './compute_pieces';
import { type CheckRequest, ElementCheck } from './init/element_check';
import { Sampler } from '../index';
import { serve } from './workers';

/** What a thread of the command line does: it computes elements, or checks those of a file. */
export type Task =
  | { readonly kind: 'compute'; readonly pieces: readonly PieceRequest[] }
  | { readonly kind: 'check'; readonly checks: readonly CheckRequest[] };

/** The side of a thread: it performs tasks until it is terminated. */
export function serveTasks(): void {
  let sampler: Promise<Sampler> | undefined;
  let check: Promise<ElementCheck> | undefined;
  serve(async (task: Task) => {
    if (task.kind === 'check') {
      check ??= Sampler.create({ backend: 'cpu', cpu: 'reference' }).then(ElementCheck.open);
      return { result: await (await check).check(task.checks), memory: [] };
    }
    sampler ??= Sampler.create({ backend: 'cpu', threads: 1 });
    const parts = await computePieces(task.pieces, await sampler);
    return { result: parts, memory: parts.map(({ buffer }) => buffer) };
  });
}
