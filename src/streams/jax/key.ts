import { integerIn } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import { crc32OfName } from '../crc32';
import type { Stream, StreamKey } from '../definition';
import { wordsOfInteger } from '../key';
import { threefry, threefry2x32 } from '../threefry';

/** The most keys of one split. More come from `fold`. */
const MOST_KEYS = 2 ** 16;

/**
 * A key of JAX's generator threefry2x32. Its data, as `jax.random.key_data` gives them, are `[hi, lo]`.
 */
export class JaxKey implements StreamKey {
  readonly generator = threefry;

  constructor(
    readonly stream: Stream,
    readonly lo: number,
    readonly hi: number,
  ) {
    Object.freeze(this);
  }

  get value(): bigint {
    return (BigInt(this.hi) << 32n) | BigInt(this.lo);
  }

  /**
   * `jax.random.fold_in` of an integer in [0, 2^32). Of a name it is that of `zlib.crc32(name.encode())`.
   * @throws ArgumentError for any other value
   */
  fold(by: string | number | bigint): JaxKey {
    const words = typeof by === 'string' ? { lo: crc32OfName(by), hi: 0 } : wordsOfInteger(by);
    if (words === undefined || words.hi !== 0)
      throw new ArgumentError(`foldIn takes an integer in [0, 2^32), got ${show(by)}`);
    return this.derived(words.lo);
  }

  /**
   * `jax.random.split`.
   * @throws ArgumentError unless `count` is an integer in [0, 65536]
   */
  split(count: number): JaxKey[] {
    integerIn('the number of keys of a split', count, 0, MOST_KEYS);
    return Array.from({ length: count }, (_, i) => this.derived(i));
  }

  /** The key whose data are the words of the counter (0, `low`). */
  private derived(low: number): JaxKey {
    const data = new Uint32Array(2);
    threefry2x32(0, low, this.hi, this.lo, data);
    return new JaxKey(this.stream, data[1], data[0]);
  }
}
