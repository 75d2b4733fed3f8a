import type { Dtype } from '../dtype';
import type { Key } from '../key';
import type { Watch } from '../watch';
import type { ElementParameters, Patterns } from './fill';

/** The elements of a tensor. */
export interface Elements {
  readonly params: ElementParameters;
  readonly key: Key;
  readonly dtype: Dtype;
}

/** A way to compute elements on the CPU; all give the same bits. */
export interface Computer {
  /** In words. */
  readonly description: string;
  /** Elements [start, start + out.length), giving way to other work now and then. */
  fill(elements: Elements, start: number, out: Patterns, watch: Watch): Promise<void>;
  /** Ends what it started; afterwards it may still be used. */
  destroy(): void;
}
