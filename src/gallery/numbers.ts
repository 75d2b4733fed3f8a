import { grouped } from '../text/numbers';

/** A number with four significant digits, or all digits of a whole number. */
export function short(value: number): string {
  if (value === 0) return '0';
  if (Number.isInteger(value) && Math.abs(value) < 1e9)
    return value.toLocaleString('en-US').replace('-', '−');
  const size = Math.abs(value);
  const text = size >= 1e-4 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
  return text.replaceAll('-', '−');
}

export function bytes(count: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let size = count;
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1000;
  return unit === 0
    ? `${count} bytes`
    : `${size < 10 ? size.toFixed(2) : size < 100 ? size.toFixed(1) : size.toFixed(0)} ${units[unit]}`;
}

export function milliseconds(ms: number): string {
  return ms < 10
    ? `${ms.toFixed(1)} ms`
    : ms < 10_000
      ? `${ms.toFixed(0)} ms`
      : `${(ms / 1000).toFixed(1)} s`;
}

const BINARY_UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A size that is a power of two: 67,108,864 as 64 MiB. */
export function binaryBytes(count: number): string {
  const power = Math.min(Math.max(Math.floor(Math.log2(count) / 10), 0), BINARY_UNITS.length - 1);
  const size = count / 1024 ** power;
  return `${Number.isInteger(size) ? grouped(size) : size.toFixed(2)} ${BINARY_UNITS[power]}`;
}

/** Bytes in a second as GB/s, with three digits. */
export function gigabytes(bytesPerSecond: number): string {
  const rate = bytesPerSecond / 1e9;
  return rate < 0.0995 ? rate.toFixed(3) : rate < 99.95 ? rate.toPrecision(3) : rate.toFixed(0);
}
