import { type CommandLine, parseArguments } from '../../src/cli/arguments';
import { ArgumentError, show } from '../../src/core/errors';
import { takeFile } from '../throughput/options';
import { PARTS, type PartName } from './items';

/** The options of `bench --gpu`. */
export interface GpuOptions {
  readonly minutes: number;
  readonly parts: readonly PartName[];
  /** Undefined for those that fit the device. */
  readonly log2: readonly [small: number, large: number] | undefined;
  /** A part of an adapter's name. */
  readonly adapter: string | undefined;
  /** Whether torch and jax are measured on a CPU where they see no card. */
  readonly allowCpu: boolean;
  /** JSON to stdout, or into a file beside the report. */
  readonly json: { readonly file: string | undefined } | undefined;
  /** The folder of the results; of --pack, that of the copy. Undefined for the default. */
  readonly out: string | undefined;
  /** Makes a copy for another machine, of this platform, and measures nothing. */
  readonly pack: string | undefined;
}

const LINE: CommandLine = {
  command: 'bench --gpu',
  positionals: [],
  values: ['adapter', 'log2', 'minutes', 'only', 'out', 'platform'],
  flags: ['allow-cpu', 'gpu', 'json', 'pack'],
};

const MOST_LOG2 = 30;
const LEAST_LOG2 = 12;
const MOST_MINUTES = 24 * 60;

/** The folders of the package webgpu that have its programs. */
export const PLATFORMS = [
  'linux-x64',
  'linux-arm64',
  'darwin-universal',
  'win32-x64',
  'win32-arm64',
] as const;

/** The platform of this machine, as the package webgpu names it. */
export function platformHere(): string {
  return `${process.platform}-${process.platform === 'darwin' ? 'universal' : process.arch}`;
}

/**
 * @param words with --gpu
 * @returns undefined where help is asked for
 * @throws ArgumentError
 */
export function parseGpuOptions(words: readonly string[]): GpuOptions | undefined {
  const { rest, file } = takeFile(words);
  const { help, values, flags } = parseArguments(LINE, rest);
  if (help) return undefined;
  const platform = values.get('platform');
  if (platform !== undefined && !flags.has('pack'))
    throw new ArgumentError(`--platform is for --pack, got --platform ${show(platform)} without it`);
  if (platform !== undefined && !(PLATFORMS as readonly string[]).includes(platform))
    throw new ArgumentError(`--platform must be one of ${PLATFORMS.join(', ')}, got ${show(platform)}`);
  return {
    minutes: minutesOf(values.get('minutes')),
    parts: partsOf(values.get('only')),
    log2: log2Of(values.get('log2')),
    adapter: values.get('adapter'),
    allowCpu: flags.has('allow-cpu'),
    json: flags.has('json') ? { file } : undefined,
    out: values.get('out'),
    pack: flags.has('pack') ? (platform ?? platformHere()) : undefined,
  };
}

function minutesOf(text = '6'): number {
  const minutes = Number(text);
  if (text.trim() === '' || !(minutes > 0 && minutes <= MOST_MINUTES))
    throw new ArgumentError(`--minutes must be a number in (0, ${MOST_MINUTES}], got ${show(text)}`);
  return minutes;
}

function partsOf(text: string | undefined): PartName[] {
  const names = PARTS.map(({ name }) => name);
  if (text === undefined) return names;
  const wanted = text.split(',');
  for (const name of wanted)
    if (!(names as string[]).includes(name))
      throw new ArgumentError(`--only must be of ${names.join(', ')}, got ${show(text)}`);
  return names.filter((name) => wanted.includes(name));
}

function log2Of(text: string | undefined): [number, number] | undefined {
  if (text === undefined) return undefined;
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [small, large = small] = numbers;
  const fits = (log2: number): boolean => Number.isInteger(log2) && log2 >= LEAST_LOG2 && log2 <= MOST_LOG2;
  if (numbers.length > 2 || !fits(small) || !fits(large))
    throw new ArgumentError(
      `--log2 must be one or two whole numbers in [${LEAST_LOG2}, ${MOST_LOG2}], such as 24,28, got ${show(text)}`,
    );
  return [small, large];
}

export const GPU_HELP = `npm run bench -- --gpu [options]
Measures the card of this machine in at most 6 minutes: the checksums of the contract, every kernel beside a
constant fill and a copy, orthogonal matrices, GPT-2 and Llama 3 8B in bfloat16, and the fills of torch and jax on
the same card where they are installed for python3, or for the program that PYTHON names. What does not fit the
time or the memory is listed with its reason. Exit code 1 where a value is wrong, or something breaks.

  --minutes N        the most minutes of a run (default 6)
  --only PART,...    only some parts: ${PARTS.map(({ name }) => name).join(', ')}
  --log2 N[,M]       elements of the kernels, as logarithms to base 2 (default 24,28; 18,24 where there is only a
                     driver that computes on the CPU)
  --adapter NAME     an adapter by its name, or a part of it. VK_DRIVER_FILES names another Vulkan driver
  --allow-cpu        torch and jax are measured on the CPU where they see no card, and named so
  --json [FILE]      prints the results as JSON, or writes them into FILE
  --out FOLDER       where results.json, summary.txt and, of a whole contract, verify.json go (default out/bench/gpu)
  --pack             makes a folder with all that a machine without network, packages or a build needs, in --out
                     (default out/gpu), and measures nothing; there, run: node run.mjs
  --platform NAME    of --pack: ${PLATFORMS.join(', ')} (default: this machine's)
`;
