import { readArray } from '../../../core/check';
import { ArgumentError, show } from '../../../core/errors';
import { bits } from '../../../distributions/bits';
import { normal } from '../../../distributions/normal';
import { orthogonal } from '../../../distributions/orthogonal';
import type { ForeignInitializer, Stream, StreamKey } from '../../definition';
import type { Seed } from '../../key';
import * as initializers from '../initializers';
import type { NormalOptions, UniformOptions } from '../initializers';
import { keyOfData, keyOfPair, TorchStatelessKey } from './key';
import { randint } from './randint';
import { uniform } from './uniform';

export { TorchStatelessKey };

function keyOf(seed: Seed | StreamKey): TorchStatelessKey {
  const key =
    seed instanceof TorchStatelessKey
      ? seed
      : (keyOfPair(torchStateless, seed, 0) ?? keyOfData(torchStateless, seed));
  if (key !== undefined) return key;
  throw new ArgumentError(
    `seed must be an integer in [0, 2^64) or a key of torch-stateless, got ${show(seed)}`,
  );
}

const DISTRIBUTIONS: Stream['distributions'] = { bits, uniform, normal, orthogonal };

/**
 * The stream of `torch.func._random`: its keys and initializers.
 *
 * @example
 * ```ts
 * import { torchStateless, type TorchStateless } from 'tensorseed/streams';
 *
 * const stream: TorchStateless = torchStateless;
 * console.log(stream.name); // torch-stateless
 * ```
 */
export interface TorchStateless extends Stream {
  /**
   * The key of a seed as `key` has it, or a key of torch-stateless, also as plain data.
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { torchStateless } from 'tensorseed/streams';
   *
   * console.log(torchStateless.keyOf(42).seed); // 42n
   * ```
   */
  keyOf(seed: Seed | StreamKey): TorchStatelessKey;

  /**
   * `torch.func._random.key(seed)`.
   * @param seed an integer in [0, 2^64), which beyond 2^53 - 1 must be a BigInt
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { torchStateless } from 'tensorseed/streams';
   *
   * console.log(torchStateless.key(42).seed, torchStateless.key(42).offset); // 42n 0n
   * ```
   */
  key(seed: number | bigint): TorchStatelessKey;

  /**
   * The key of the two numbers of a key of torch, such as `key.tolist()` gives.
   * @throws ArgumentError unless both are integers in [0, 2^64), which beyond 2^53 - 1 must be BigInts
   *
   * @example
   * ```ts
   * import { torchStateless } from 'tensorseed/streams';
   *
   * const key = torchStateless.key(42).fold(1);
   * console.log(torchStateless.wrapKeyData([key.seed, key.offset]).value === key.value); // true
   * ```
   */
  wrapKeyData(data: readonly [seed: number | bigint, offset: number | bigint]): TorchStatelessKey;

  /**
   * `torch.func._random.split(key, num)`.
   * @param num the number of keys. Default 2
   * @throws ArgumentError unless `num` is an integer in [0, 65536]
   *
   * @example
   * ```ts
   * import { torchStateless } from 'tensorseed/streams';
   *
   * const [first] = torchStateless.split(torchStateless.key(42));
   * console.log(first.value === torchStateless.foldIn(torchStateless.key(42), 0).value); // true
   * ```
   */
  split(key: TorchStatelessKey, num?: number): TorchStatelessKey[];

  /**
   * `torch.func._random.fold_in(key, data)`.
   * @throws ArgumentError unless `data` is an integer in [-2^63, 2^64), or a name
   *
   * @example
   * ```ts
   * import { torchStateless } from 'tensorseed/streams';
   *
   * console.log(torchStateless.foldIn(torchStateless.key(42), 1).seed); // 6033254488940945703n
   * ```
   */
  foldIn(key: TorchStatelessKey, data: string | number | bigint): TorchStatelessKey;

  /**
   * `torch.func._random.uniform` between a and b.
   * @throws ArgumentError where an end is not finite, or b is below a
   *
   * @example
   * ```ts
   * import { torchStateless } from 'tensorseed/streams';
   *
   * console.log(torchStateless.uniform({ a: -1, b: 1 }).getConfig()); // { a: -1, b: 1 }
   * ```
   */
  uniform(options?: UniformOptions): ForeignInitializer;

  /**
   * `torch.func._random.normal`.
   * @throws ArgumentError where a number is not finite, or std is negative
   *
   * @example
   * ```ts
   * import { torchStateless } from 'tensorseed/streams';
   *
   * console.log(torchStateless.normal({ std: 0.02 }).getConfig()); // { mean: 0, std: 0.02 }
   * ```
   */
  normal(options?: NormalOptions): ForeignInitializer;

  /**
   * `torch.func._random.randint`, in int32 by default.
   * @throws ArgumentError unless both are integers and low < high
   *
   * @example
   * ```ts
   * import { torchStateless } from 'tensorseed/streams';
   *
   * console.log(torchStateless.randint(5, 17).getConfig()); // { low: 5, high: 17 }
   * ```
   */
  randint(low: number, high: number): ForeignInitializer;

  /** Makes the initializers that only torch has, by their names on the command line. */
  readonly initializers: NonNullable<Stream['initializers']>;
}

/**
 * torch's stateless generator Philox4x32-10, with keys and draws as `torch.func._random` has them.
 * docs/streams/torch.md says which values are the same bit for bit.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { torchStateless } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const [key] = torchStateless.split(torchStateless.key(42));
 * const tensor = await sampler.fill(torchStateless.uniform(), [3], { seed: key });
 * console.log((await tensor.float32()).length); // 3
 * sampler.destroy();
 * ```
 */
export const torchStateless: TorchStateless = {
  name: 'torch-stateless',
  keyOf,
  distributions: DISTRIBUTIONS,
  own: { randint },
  key: (seed: number | bigint): TorchStatelessKey => keyOf(seed),
  wrapKeyData(data: readonly [seed: number | bigint, offset: number | bigint]): TorchStatelessKey {
    const pair = readArray('the data of a key', data, 'an array [seed, offset]', (part) => part);
    const key = pair.length === 2 ? keyOfPair(torchStateless, pair[0], pair[1]) : undefined;
    if (key !== undefined) return key;
    throw new ArgumentError(
      `wrapKeyData takes the two numbers of a key, integers in [0, 2^64), got ${show(data)}`,
    );
  },
  split: (key: TorchStatelessKey, num = 2): TorchStatelessKey[] => keyIn('split', key).split(num),
  foldIn: (key: TorchStatelessKey, data: string | number | bigint): TorchStatelessKey =>
    keyIn('foldIn', key).fold(data),
  uniform: initializers.uniform,
  normal: initializers.normal,
  randint: initializers.randint,
  initializers: { randint: initializers.INITIALIZERS.randint },
};

function keyIn(name: string, key: TorchStatelessKey): TorchStatelessKey {
  if (key instanceof TorchStatelessKey) return key;
  throw new ArgumentError(`${name} takes a key of torch-stateless, got ${show(key)}`);
}
