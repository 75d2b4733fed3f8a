import type { Key } from '../../streams/key';
import type { Population } from './population';

/** A choice, checked. */
export interface Choice {
  readonly key: Key;
  readonly population: Population;
  readonly count: number;
  readonly replacement: boolean;
  readonly byteOffset: number;
}
