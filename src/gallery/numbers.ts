/** Four significant digits, or as many as a whole number has. */
export function short(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return value.toLocaleString('en-US').replace('-', '−');
  const size = Math.abs(value);
  const text = size >= 1e-4 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
  return text.replace('-', '−');
}

export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

export function bytes(count: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let size = count;
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1000;
  return unit === 0 ? `${count} bytes` : `${size < 10 ? size.toFixed(2) : size < 100 ? size.toFixed(1) : size.toFixed(0)} ${units[unit]}`;
}

export function milliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : ms < 10_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
