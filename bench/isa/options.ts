import { type CommandLine, parseArguments } from '../../src/cli/arguments';
import { ArgumentError, show } from '../../src/core/errors';
import { type Card, CARDS } from './cards';

export interface Options {
  /** Kernels, with a dtype and more or without; undefined for all. */
  readonly only: readonly string[] | undefined;
  readonly cards: readonly Card[];
  /** The folder of NVIDIA's toolkit. */
  readonly cuda: string | undefined;
  readonly record: boolean;
  /** A folder or a commit with other shaders, whose values are compared. */
  readonly compare: string | undefined;
  /** Blocks of four elements that a comparison computes with each parameters. */
  readonly blocks: number;
  readonly json: boolean;
}

const LINE: CommandLine = {
  command: 'bench',
  positionals: [],
  values: ['only', 'card', 'cuda', 'compare', 'blocks'],
  flags: ['isa', 'record', 'json'],
};

export const HELP = `npm run bench -- --isa [options]
Reads what every kernel costs on real GPUs from their compilers, without a card, in a checkout of the
project on Linux. AMD's cards need Mesa's driver RADV (mesa-vulkan-drivers) and gcc, NVIDIA's the
toolkit of CUDA 12 (nvidia-cuda-toolkit). Prints modelled cycles an element beside the recorded ones.

  --only NAME,...    only these kernels, such as normal, normal/float32, normal/float32/offset64
  --card NAME,...    only these cards: ${CARDS.map(({ id }) => id).join(', ')}
  --cuda FOLDER      where nvidia-cuda-toolkit is unpacked (default CUDA_HOME, and where it is installed)
  --compare VERSION  compares all values of the kernels with those of other shaders instead, which are
                     a folder or a commit: both run as C++ on the CPU, which needs g++ or clang.
                     Exit code 1 where a value differs
  --blocks N         blocks of four values for each set of parameters (default 2^18, at most 2^20)
  --record           writes the costs to bench/isa/recorded.json
  --json             prints the costs as JSON
`;

/** @returns undefined where help is asked for */
export function parseOptions(words: readonly string[]): Options | undefined {
  const { help, values, flags } = parseArguments(LINE, words);
  if (help) return undefined;
  const cards = list('card', values.get('card'));
  for (const card of cards ?? []) {
    if (!CARDS.some(({ id }) => id === card))
      throw new ArgumentError(`--card must be of ${CARDS.map(({ id }) => id).join(', ')}, got ${show(card)}`);
  }
  return {
    only: list('only', values.get('only')),
    cards: CARDS.filter(({ id }) => cards === undefined || cards.includes(id)),
    cuda: values.get('cuda'),
    compare: values.get('compare'),
    blocks: blocksOf(values.get('blocks')),
    record: flags.has('record'),
    json: flags.has('json'),
  };
}

function blocksOf(text: string | undefined): number {
  if (text === undefined) return 2 ** 18;
  const blocks = /^\d+$/.test(text) ? Number(text) : NaN;
  if (blocks >= 1 && blocks <= 2 ** 20) return blocks;
  throw new ArgumentError(`--blocks must be an integer in [1, 2^20], got ${show(text)}`);
}

function list(name: string, text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(',').filter((part) => part !== '');
  if (parts.length === 0) throw new ArgumentError(`--${name} needs a name, got ${show(text)}`);
  return parts;
}
