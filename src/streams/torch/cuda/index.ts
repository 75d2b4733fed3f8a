import { integerIn } from '../../../core/check';
import { ArgumentError, show } from '../../../core/errors';
import { orKnown } from '../../../core/nearest';
import type { Parameters } from '../../../distributions/parameters';
import type { Stream, StreamKey } from '../../definition';
import type { Seed } from '../../key';
import { CARDS, type TorchCudaCard } from './cards';
import { cudaKeyOf, TorchCudaGenerator, TorchCudaKey } from './key';
import { normalOn } from './normal';
import { uniformOn } from './uniform';
import type { CudaValues } from './values';
import { blocksOf } from './words';

export { type TorchCudaCard, TorchCudaGenerator, TorchCudaKey };

/**
 * The stream of a card.
 *
 * @example
 * ```ts
 * import { torchCuda, type TorchCudaStream } from 'tensorseed/streams';
 *
 * const stream: TorchCudaStream = torchCuda('a100');
 * console.log(stream.name); // torch-cuda/a100
 * ```
 */
export interface TorchCudaStream extends Stream {
  /**
   * A generator of a seed on the card: `torch.Generator('cuda').manual_seed(seed)`.
   *
   * @example
   * ```ts
   * import { torchCuda } from 'tensorseed/streams';
   *
   * console.log(torchCuda('a100').manualSeed(0).offset); // 0n
   * ```
   */
  manualSeed(seed: number | bigint): TorchCudaGenerator;
}

const made = new Map<string, TorchCudaStream>();

/**
 * torch's generator on a CUDA device: `torch.rand` and `torch.randn` as a card gives them. Which numbers an element
 * has depends on how many threads the card runs at once, but for tensors that are not larger than that.
 * docs/streams/torch.md says how close they are.
 * @param card a name such as "a100", or the multiprocessors and the threads of each, such as "108x2048" or
 *   [108, 2048]
 * @throws ArgumentError where there is no such card
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { torchCuda } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const noise = await sampler.fill(
 *   { class_name: 'RandomNormal', config: { stddev: 1 } },
 *   [2, 2],
 *   { seed: 0, stream: torchCuda('rtx-4090') },
 * );
 * console.log((await noise.float32())[0].toFixed(4)); // -0.9247
 * sampler.destroy();
 * ```
 */
export function torchCuda(
  card: TorchCudaCard | `${number}x${number}` | readonly [multiprocessors: number, threadsEach: number],
): TorchCudaStream {
  const [label, multiprocessors, threadsEach] = cardOf(card);
  const name = `torch-cuda/${label}`;
  const known = made.get(name);
  if (known !== undefined) return known;
  const most = blocksOf(multiprocessors, threadsEach);
  const stream: TorchCudaStream = {
    name,
    keyOf: (seed: Seed | StreamKey) => cudaKeyOf(stream, seed),
    distributions: { uniform: uniformOn(most), normal: normalOn(most) },
    advance(seed: unknown, params: Parameters) {
      if (!(seed instanceof TorchCudaGenerator) || params.kernel !== 'foreign') return;
      const { grid } = params.values as CudaValues;
      seed.offset = BigInt.asUintN(64, seed.offset + BigInt(grid.advance));
    },
    manualSeed: (seed) => new TorchCudaGenerator(stream).manualSeed(seed),
  };
  made.set(name, stream);
  return stream;
}

function cardOf(card: unknown): readonly [label: string, multiprocessors: number, threadsEach: number] {
  if (typeof card === 'string' && Object.hasOwn(CARDS, card)) {
    return [card, ...CARDS[card as TorchCudaCard]];
  }
  const numbers =
    typeof card === 'string'
      ? /^(\d{1,5})x(\d{1,5})$/.exec(card)?.slice(1).map(Number)
      : Array.isArray(card) && card;
  if (!Array.isArray(numbers) || numbers.length !== 2) {
    throw new ArgumentError(
      `card must be the name of one, or multiprocessors x threads such as 108x2048, got ${show(card)}${orKnown(card, Object.keys(CARDS), 'cards')}`,
    );
  }
  const [multiprocessors, threadsEach] = numbers as unknown[];
  const m = integerIn('the multiprocessors of a card', multiprocessors, 1, 4096);
  const t = integerIn('the threads of a multiprocessor', threadsEach, 256, 8192);
  return [`${m}x${t}`, m, t];
}
