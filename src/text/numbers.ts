/** 124439808 as 124,439,808. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** 1 tensor, 1,480 tensors. */
export function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Elements per second with three digits: `38.8 M elements/s`. */
export function elementRate(elements: number, seconds: number): string {
  const prefixes = ['', ' k', ' M', ' G', ' T'];
  let value = elements / seconds;
  if (!Number.isFinite(value)) return '-';
  let i = 0;
  for (; value >= 999.5 && i < prefixes.length - 1; i++) value /= 1000;
  return `${value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)}${prefixes[i]} elements/s`;
}

/** Bytes per second: `38.8 MB/s`, `1.25 GB/s`. */
export function byteRate(bytes: number, seconds: number): string {
  const value = bytes / seconds / 1e6;
  if (!Number.isFinite(value)) return '-';
  return value < 999.5 ? `${value.toFixed(value < 99.95 ? 1 : 0)} MB/s` : `${(value / 1000).toFixed(2)} GB/s`;
}

/** Seconds as 0.42 s, 12.3 s, 3:05 min or 2:40 h. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`;
  const [whole, unit] = seconds < 6000 ? [Math.round(seconds), 'min'] : [Math.round(seconds / 60), 'h'];
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} ${unit}`;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes as Keras writes them, in units of which each is 1024 times the one before it: `397.54 KB`. */
export function memorySize(bytes: number): string {
  let value = bytes;
  let i = 0;
  for (; value >= 1024 && i < UNITS.length - 1; i++) value /= 1024;
  // Python rounds what lies in the middle to the even digit, and toFixed does not.
  const hundredths = value * 100;
  const even = hundredths % 1 === 0.5 ? (2 * Math.round(hundredths / 2)) / 100 : value;
  return `${even.toFixed(2)} ${UNITS[i]}`;
}

/** A statistic in five digits; a dash where there is none. */
export function statistic(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '-';
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : value.toPrecision(5);
}

/** [768, 3072] as [768, 3072], and a scalar as []. */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
