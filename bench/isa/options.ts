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
  readonly json: boolean;
}

const LINE: CommandLine = {
  command: 'bench',
  positionals: [],
  values: ['only', 'card', 'cuda'],
  flags: ['isa', 'record', 'json'],
};

export const HELP = `npm run bench -- --isa [options]
Reads what every kernel costs on real GPUs from their compilers, without a card, in a checkout of the
project on Linux. AMD's cards need Mesa's driver RADV (mesa-vulkan-drivers) and gcc, NVIDIA's the
toolkit of CUDA 12 (nvidia-cuda-toolkit). Prints modelled cycles an element beside the recorded ones.

  --only NAME,...    only these kernels, such as normal, normal/float32, normal/float32/offset64
  --card NAME,...    only these cards: ${CARDS.map(({ id }) => id).join(', ')}
  --cuda FOLDER      where nvidia-cuda-toolkit is unpacked (default CUDA_HOME, and where it is installed)
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
    record: flags.has('record'),
    json: flags.has('json'),
  };
}

function list(name: string, text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(',').filter((part) => part !== '');
  if (parts.length === 0) throw new ArgumentError(`--${name} needs a name, got ${show(text)}`);
  return parts;
}
