/** An argument that cannot be right: the message carries the value and what would be. */
export class ArgumentError extends Error {
  override name = 'ArgumentError';
}

/** The device failed or is missing: out of memory, lost, no adapter, a limit too small. */
export class DeviceError extends Error {
  override name = 'DeviceError';
}

/** Runs `body`; an error of ours from it says in front what it is about. Nothing is added where `what` is ''. */
export function within<T>(what: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (what === '') throw error;
    if (error instanceof ArgumentError) throw new ArgumentError(`${what}: ${error.message}`);
    if (error instanceof DeviceError) throw new DeviceError(`${what}: ${error.message}`);
    throw error;
  }
}

/** A value as an error message shows it: short, on one line, never throwing. */
export function show(value: unknown): string {
  let text: string;
  try {
    if (typeof value === 'bigint') text = `${value}`;
    else if (typeof value === 'number') text = Object.is(value, -0) ? '-0' : String(value);
    else if (typeof value === 'function') text = value.name ? `function ${value.name}` : 'a function';
    else if (typeof value === 'symbol') text = value.toString();
    else {
      const plain = (_: string, v: unknown): unknown =>
        typeof v === 'bigint' || (typeof v === 'number' && !Number.isFinite(v)) ? String(v) : v;
      text = JSON.stringify(value, plain) ?? String(value);
    }
  } catch {
    text = Object.prototype.toString.call(value);
  }
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
