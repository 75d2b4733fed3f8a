import type { Seed } from '../streams/key';
import { Configured } from './configured';

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
   * any other. With null, the default, a seed is drawn at its first use. The configuration keeps null in
   * that case, so that a copy of an initializer without a seed draws another one.
   */
  readonly seed?: Seed | null;
}

/** An initializer with a seed: the one that was given, or else 64 random bits. */
export abstract class Random<Options extends RandomOptions> extends Configured<Options> {
  #seed: bigint | undefined;

  /** The seed in force, in [0, 2^64): the one that was given, or one that is drawn at the first use. */
  get seed(): bigint {
    this.#seed ??= (this.options.seed as bigint | null) ?? crypto.getRandomValues(new BigUint64Array(1))[0];
    return this.#seed;
  }
}
