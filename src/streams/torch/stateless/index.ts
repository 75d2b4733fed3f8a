import { ArgumentError, show } from '../../../core/errors';
import { bits } from '../../../distributions/bits';
import { normal } from '../../../distributions/normal';
import { orthogonal } from '../../../distributions/orthogonal';
import type { Stream, StreamKey } from '../../definition';
import type { Seed } from '../../key';
import * as initializers from '../initializers';
import { keyOfPair, TorchStatelessKey } from './key';
import { randint } from './randint';
import { uniform } from './uniform';

export { TorchStatelessKey };

function keyOf(seed: Seed | StreamKey): TorchStatelessKey {
  const key = seed instanceof TorchStatelessKey ? seed : keyOfPair(torchStateless, seed, 0);
  if (key !== undefined) return key;
  throw new ArgumentError(
    `seed must be an integer in [0, 2^64) or a key of torch-stateless, got ${show(seed)}`,
  );
}

const DISTRIBUTIONS: Stream['distributions'] = { bits, uniform, normal, orthogonal, randint };

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
export const torchStateless = {
  name: 'torch-stateless',
  keyOf,
  /** @internal */
  distributions: DISTRIBUTIONS,

  /**
   * `torch.func._random.key(seed)`.
   * @param seed an integer in [0, 2^64), which beyond 2^53 - 1 must be a BigInt
   * @throws ArgumentError for any other value
   */
  key: (seed: number | bigint): TorchStatelessKey => keyOf(seed),

  /**
   * The key of the two numbers of a key of torch, such as `key.tolist()` gives.
   * @throws ArgumentError unless both are integers in [0, 2^64), which beyond 2^53 - 1 must be BigInts
   */
  wrapKeyData([seed, offset]: readonly [seed: number | bigint, offset: number | bigint]): TorchStatelessKey {
    const key = keyOfPair(torchStateless, seed, offset);
    if (key !== undefined) return key;
    throw new ArgumentError(`a key must be two integers in [0, 2^64), got ${show(seed)} and ${show(offset)}`);
  },

  /**
   * `torch.func._random.split(key, num)`.
   * @throws ArgumentError unless `num` is an integer in [0, 65536]
   */
  split: (key: TorchStatelessKey, num = 2): TorchStatelessKey[] => key.split(num),

  /**
   * `torch.func._random.fold_in(key, data)`.
   * @throws ArgumentError unless `data` is an integer in [-2^63, 2^64), or a name
   */
  foldIn: (key: TorchStatelessKey, data: string | number | bigint): TorchStatelessKey => key.fold(data),

  /** `torch.func._random.uniform` between a and b. */
  uniform: initializers.uniform,
  /** `torch.func._random.normal`. */
  normal: initializers.normal,
  /** `torch.func._random.randint`, in int32 by default. */
  randint: initializers.randint,
} satisfies Stream & Record<string, unknown>;
