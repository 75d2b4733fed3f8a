/**
 * The error for an argument that cannot be right. Its message is one line with the value and what would be
 * right.
 *
 * @example
 * ```ts
 * import { ArgumentError, initializers } from 'tensorseed';
 *
 * try {
 *   initializers.randomNormal({ stddev: -1 });
 * } catch (error) {
 *   if (!(error instanceof ArgumentError)) throw error;
 *   console.log(error.message); // stddev must be a finite number >= 0, got -1
 * }
 * ```
 */
export class ArgumentError extends Error {
  /** The name of the class. */
  override name = 'ArgumentError';
}

/**
 * The error for a device that fails or is missing: memory is exhausted, the device was lost, there is no
 * adapter, or a limit of the device is too small.
 *
 * @example
 * ```ts
 * import { DeviceError, Sampler } from 'tensorseed';
 *
 * try {
 *   const sampler = await Sampler.create({ backend: 'gpu' });
 *   sampler.destroy();
 * } catch (error) {
 *   if (!(error instanceof DeviceError)) throw error; // There is no GPU here.
 * }
 * ```
 */
export class DeviceError extends Error {
  /** The name of the class. */
  override name = 'DeviceError';
}

/** Runs `body` and puts `what` in front of the message of an error of ours. An empty `what` adds nothing. */
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

/** A value as an error message shows it: short and on one line. It never throws. */
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
