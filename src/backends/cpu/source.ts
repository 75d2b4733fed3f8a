import type { Watch } from '../../core/watch';
import type { Patterns } from './computer';

/** What a stretch's elements come from. */
export interface Source {
  /** Elements from `start` on. */
  fill(start: number, out: Patterns, watch: Watch): Promise<void>;
  close(): void;
}
