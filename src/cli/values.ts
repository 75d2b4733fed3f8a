import { ArgumentError, show } from '../core/errors';
import { elementCount, type Range, type Shape } from '../core/shape';
import { parseJson, toPlain } from '../formats/json';

const DECIMAL = /^[0-9]+$/;
const TWO_64 = 1n << 64n;

/** Reads a count or an index in decimal digits. `1e3`, `0x10`, `+4` and ` 4` are refused. */
export function parseInteger(name: string, text: string): number {
  const value = DECIMAL.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(value))
    throw new ArgumentError(`${name} must be a decimal integer in [0, 2^53), got ${show(text)}`);
  return value;
}

/**
 * Reads sizes with commas between them, such as `1024,1024`. The empty text is the shape of a
 * scalar.
 */
export function parseShape(text: string): Shape {
  const shape = text === '' ? [] : text.split(',').map((size) => parseInteger('each size of --shape', size));
  elementCount(shape);
  return shape;
}

const BYTE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/**
 * Reads a number of bytes, such as `5GB`, as Hugging Face's libraries do. They do not agree on what `5gb` and `5Gb`
 * are, so these are refused.
 */
export function parseBytes(name: string, text: string): number {
  const [, digits, unit] = /^([0-9]{1,16}(?:\.[0-9]{1,16})?) ?((?:[KMGT]i?B)?)$/.exec(text) ?? [];
  const bytes = digits === undefined ? NaN : Math.trunc(Number(digits) * BYTE_UNITS[unit]);
  if (!Number.isSafeInteger(bytes) || bytes === 0)
    throw new ArgumentError(
      `${name} must be a size in bytes such as 5GB, 500MB or 2GiB, in [1, 2^53), got ${show(text)}`,
    );
  return bytes;
}

/** Reads a seed of up to 64 bits in decimal digits. */
export function parseSeed(text: string): bigint {
  // The length is checked first, because BigInt needs long for millions of digits.
  const seed = DECIMAL.test(text) && text.length <= 100 ? BigInt(text) : -1n;
  if (seed < 0n || seed >= TWO_64)
    throw new ArgumentError(`--seed must be a decimal integer in [0, 2^64), got ${show(text)}`);
  return seed;
}

/**
 * Reads the range of --start and --count. It begins at 0, or goes to the end, where one is not
 * given.
 */
export function parseRange(start: string | undefined, count: string | undefined, total: number): Range {
  const first = start === undefined ? 0 : parseInteger('--start', start);
  if (first > total)
    throw new ArgumentError(`--start must be at most ${total}, the number of elements, got ${first}`);
  const rest = total - first;
  const length = count === undefined ? rest : parseInteger('--count', count);
  if (length > rest)
    throw new ArgumentError(
      `--count must be at most ${rest} from element ${first} of ${total} on, got ${length}`,
    );
  return { start: first, count: length };
}

/** Reads a JSON object. */
export function parseConfig(text: string): Record<string, unknown> {
  const json = parseJson('--config', text);
  if (!(json instanceof Map))
    throw new ArgumentError(`--config must be a JSON object such as {"stddev":0.02}, got ${show(text)}`);
  return toPlain('--config', json) as Record<string, unknown>;
}
