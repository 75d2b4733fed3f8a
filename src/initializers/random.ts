import type { Seed } from '../streams/key';
import { Configured } from './configured';
import type { OptionTable } from './options';

/**
 * The options that all random initializers have.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const options: initializers.RandomOptions = { seed: 2n ** 63n };
 * console.log(initializers.heNormal(options).seed); // 9223372036854775808n
 * ```
 */
export interface RandomOptions {
  /**
   * The seed: an integer in [0, 2^64), which must be a BigInt beyond 2^53 - 1, or a Key. 0 is a seed like
   * any other. With null, the default, a seed is drawn at construction. The configuration keeps null in
   * that case, so that a copy of an initializer without a seed draws another one.
   */
  readonly seed?: Seed | null;
}

/** Seeds that were drawn together: a model with many tensors would wait long for a call for each. */
const drawn = new BigUint64Array(64);
let left = 0;

function drawSeed(): bigint {
  if (left === 0) left = crypto.getRandomValues(drawn).length;
  return drawn[--left];
}

/** An initializer with a seed: the one that was given, or else 64 random bits. */
export abstract class Random<Options extends RandomOptions> extends Configured<Options> {
  /** The seed in force, in [0, 2^64): the one that was given, or the one that was drawn at construction. */
  readonly seed: bigint;

  protected constructor(className: string, table: OptionTable, options: Options) {
    super(className, table, options);
    this.seed = (this.options.seed as bigint | null) ?? drawSeed();
  }
}
