const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** 497,759,232 bytes as 475 MiB. */
export function bytesText(bytes: number): string {
  const power = Math.min(Math.max(Math.floor(Math.log2(bytes) / 10), 0), UNITS.length - 1);
  const value = bytes / 1024 ** power;
  return `${Number.isInteger(value) ? value.toLocaleString('en-US') : value.toPrecision(value < 1000 ? 3 : 4)} ${UNITS[power]}`;
}

/** Seconds as 0.82 ms, 31 ms, 1.4 s, 3:05 min. */
export function secondsText(seconds: number): string {
  if (seconds < 0.9995) {
    const ms = seconds * 1000;
    return `${ms < 9.95 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
  }
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')} min`;
}

/** Bytes a second as GB/s, with three digits. */
export function rateText(bytesPerSecond: number): string {
  const value = bytesPerSecond / 1e9;
  return value < 0.0995 ? value.toFixed(3) : value < 99.95 ? value.toPrecision(3) : value.toFixed(0);
}

/** 124439808 as 124,439,808. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** 1 tensor, 1,480 tensors. */
export function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}
