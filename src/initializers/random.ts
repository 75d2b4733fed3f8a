import type { Seed } from '../streams/key';
import { Configured } from './configured';
import type { Field, Fields } from './fields';

export interface RandomOptions {
  /**
   * An integer in [0, 2^64), as a BigInt beyond 2^53 - 1, or a Key; 0 is a seed. Null, the
   * default: one drawn at construction. The configuration keeps what was given, so that a copy
   * of an unseeded initializer draws a seed of its own.
   */
  readonly seed?: Seed | null;
}

type Seeded = Fields & { readonly seed: Field<bigint | null> };

/** An initializer with a seed: the one given, else 64 random bits of its own. */
export abstract class Random<F extends Seeded> extends Configured<F> {
  readonly seed: bigint;

  constructor(className: string, fields: F, options: object) {
    super(className, fields, options);
    this.seed = (this.options.seed as bigint | null) ?? crypto.getRandomValues(new BigUint64Array(1))[0];
  }
}
