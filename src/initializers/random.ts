import type { Seed } from '../streams/key';
import { Configured } from './configured';
import type { Option, OptionTable } from './options';

export interface RandomOptions {
  /**
   * An integer in [0, 2^64), as a BigInt beyond 2^53 - 1, or a Key; 0 is a seed like any other. With
   * null, the default, one is drawn at construction. The configuration keeps null in that case, so that
   * a copy of an initializer without a seed draws another one.
   */
  readonly seed?: Seed | null;
}

type SeededTable = OptionTable & { readonly seed: Option<bigint | null> };

/** An initializer with a seed: the one that was given, or else 64 random bits. */
export abstract class Random<T extends SeededTable> extends Configured<T> {
  readonly seed: bigint;

  constructor(className: string, table: T, options: object) {
    super(className, table, options);
    this.seed = (this.options.seed as bigint | null) ?? crypto.getRandomValues(new BigUint64Array(1))[0];
  }
}
