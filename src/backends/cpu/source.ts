import type { Watch } from '../../core/watch';
import type { Patterns } from './computer';

/** Gives the elements of a stretch. */
export interface Source {
  /** Fills `out` with the elements from `start` on. */
  fill(start: number, out: Patterns, watch: Watch): Promise<void>;
  /** Frees what was computed beforehand. */
  close(): void;
}
