import type { KeysPlace } from '../../backends/keys_place';
import { count, integerIn } from '../../core/check';
import { checkDtype } from '../../core/dtype';
import { ArgumentError, show } from '../../core/errors';
import type { Key } from '../../streams/key';
import { type KeyOptions, keyOf } from '../key';
import { type FilterOptions, type Filters, filtersOf } from './filters';
import { type Temperature, temperatureOf } from './score';

/**
 * The dtypes of logits.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { categorical, type LogitsDtype } from 'tensorseed/operations';
 *
 * const dtype: LogitsDtype = 'bfloat16';
 * const sampler = await Sampler.create();
 * const logits = Uint16Array.of(0x3f80, 0x4000, 0xbf80); // 1, 2, -1
 * const tokens = await categorical(sampler, logits, { vocabulary: 3, dtype, temperature: 0 });
 * console.log(await tokens.data()); // Uint32Array(1) [ 1 ]
 * sampler.destroy();
 * ```
 */
export type LogitsDtype = 'float32' | 'float16' | 'bfloat16';

export const LOGITS_DTYPES: readonly LogitsDtype[] = ['float32', 'float16', 'bfloat16'];

/** What is drawn from logits, and how. */
export interface LogitsOptions extends KeyOptions, FilterOptions {
  /** The number of logits of a row, an integer in [1, 2^24]. */
  vocabulary: number;
  /** The number of rows. Default: all that the logits have. */
  rows?: number;
  /**
   * The number of rows before the first, an integer >= 0. Rows of a batch that is computed in parts are those of
   * the whole batch, where each part has the number of its first row. Default 0.
   */
  firstRow?: number;
  /** The number of choices from each row, each with random numbers of its own. Default: one. */
  samples?: number;
  /** The type of the logits. Default: that of the typed array, float16 for a Uint16Array; float32 for a GPUBuffer. */
  dtype?: LogitsDtype;
  /** The byte of a GPUBuffer at which the logits begin, a multiple of the size of a logit. Default 0. */
  logitsOffset?: number;
  /** What the logits are divided by: 0, which takes the largest logit, or a number in [1e-9, 1e9]. Default 1. */
  temperature?: number;
}

const MOST_VOCABULARY = 2 ** 24;
const MOST_SAMPLES = 2 ** 24;

/** Where the results go. */
export interface Destined {
  readonly buffer?: unknown;
  readonly byteOffset?: number;
  /** A place of the key in a GPU buffer instead. */
  readonly keys?: KeysPlace;
}

/** What is drawn, checked and as integers. */
export interface Categorical {
  readonly key: Key | undefined;
  readonly vocabulary: number;
  readonly rows: number | undefined;
  readonly firstRow: number;
  /** The choices from each row. */
  readonly samples: number;
  /** Whether the results have an axis of them. */
  readonly several: boolean;
  readonly dtype: LogitsDtype | undefined;
  readonly logitsOffset: number;
  readonly temperature: Temperature;
  /** Where the results begin in their memory. */
  readonly byteOffset: number;
  /** Undefined where nothing is left out. */
  readonly filters: Filters | undefined;
}

/** @throws ArgumentError for the first option that cannot be right */
export function checkCategorical(given: LogitsOptions & Destined): Categorical {
  const { rows, dtype, logitsOffset = 0, firstRow = 0, samples = 1, temperature = 1 } = given;
  const vocabulary = integerIn('vocabulary', given.vocabulary, 1, MOST_VOCABULARY);
  const checked = temperatureOf(temperature);
  const filters = filtersOf(given); // The largest logit passes all of them.
  const perRow = integerIn('samples', samples, 1, MOST_SAMPLES) * vocabulary;
  if (count('firstRow', firstRow) * perRow > Number.MAX_SAFE_INTEGER)
    throw new ArgumentError(`firstRow must be below 2^53 / (vocabulary * samples), got ${show(firstRow)}`);
  return {
    // The largest logit is found without a seed.
    key: given.keys !== undefined || (checked.greedy && given.seed === undefined) ? undefined : keyOf(given),
    vocabulary,
    rows: rows === undefined ? undefined : count('rows', rows),
    firstRow,
    samples,
    several: given.samples !== undefined,
    dtype: dtype === undefined ? undefined : checkDtype(dtype, LOGITS_DTYPES),
    logitsOffset: count('logitsOffset', logitsOffset),
    temperature: checked,
    byteOffset: given.byteOffset === undefined ? 0 : count('byteOffset', given.byteOffset),
    filters: checked.greedy ? undefined : filters,
  };
}

/**
 * The number of rows in memory for logits.
 * @param elements the number of logits that the memory holds
 * @throws ArgumentError where there are fewer than asked for, or no whole rows
 */
export function rowsOf({ rows, vocabulary }: Categorical, elements: number): number {
  if (rows === undefined) {
    if (elements % vocabulary === 0) return elements / vocabulary;
    throw new ArgumentError(
      `logits must have rows of ${vocabulary}, got ${elements}: give the number of rows where there is more behind them`,
    );
  }
  if (rows * vocabulary > elements) {
    throw new ArgumentError(
      `logits must have ${rows * vocabulary} elements for ${rows} rows of ${vocabulary}, got ${elements}`,
    );
  }
  return rows;
}

/** The shape of the results of so many rows. */
export function resultShape({ samples, several }: Categorical, rows: number): number[] {
  return several ? [rows, samples] : [rows];
}

/** The index of the first element of a choice among all of the stream's, as words. */
export function firstElement(choice: number, vocabulary: number): readonly [lo: number, hi: number] {
  const element = choice * vocabulary;
  return [element >>> 0, Math.floor(element / 2 ** 32)];
}
