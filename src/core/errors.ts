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

/** Needs code that is loaded when it is first used. Who can wait loads it and tries again. */
export class NotLoadedError extends ArgumentError {
  constructor(what: string) {
    super(
      `${what} needs code that is loaded when it is first used: await sampler.load(), or import it from tensorseed/distributions`,
    );
  }
}

/** Runs `body` and puts `what` in front of the message of an error of ours. An empty `what` adds nothing. */
export function within<T>(what: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (what === '' || error instanceof NotLoadedError) throw error;
    if (error instanceof ArgumentError) throw new ArgumentError(`${what}: ${error.message}`, error);
    if (error instanceof DeviceError) throw new DeviceError(`${what}: ${error.message}`, error);
    throw error;
  }
}

/**
 * Runs `read`, which reads what the caller passed. A getter or a Proxy of the caller's may throw there, and a
 * revoked Proxy does.
 * @param name what messages call the value
 * @throws ArgumentError whose cause is what was thrown
 */
export function reading<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof ArgumentError) throw cause;
    throw new ArgumentError(`${name} must be readable, but its getter or Proxy throws: see the cause`, {
      cause,
    });
  }
}

/** The most characters of a value that a message shows. */
const SHOWN = 80;

/** BigInts from here on are not shown: their digits take quadratic time. */
const LONG = 1n << 256n;

/**
 * A value as an error message shows it: short and on one line. It never throws, calls no getter and no
 * method, and looks at about as many elements as it shows.
 */
export function show(value: unknown): string {
  let text: string;
  try {
    text = textOf(value, SHOWN);
  } catch {
    return 'a value that cannot be read'; // a revoked Proxy
  }
  // JSON escapes the line feed, but not these.
  text = text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_C}]/gu, (c) => {
    return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 3).replace(/[\ud800-\udbff]$/, '')}...` : text;
}

/** The text of a value, as JSON where JSON has it. It is complete where it has at most `room` characters. */
function textOf(value: unknown, room: number): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.slice(0, room));
    case 'number':
      return Object.is(value, -0) ? '-0' : `${value}`;
    case 'bigint':
      return value >= LONG ? '2^256 or more' : value <= -LONG ? '-2^256 or less' : `${value}`;
    case 'symbol':
      return `Symbol(${(value.description ?? '').slice(0, room)})`;
    case 'function': {
      const name: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value;
      return typeof name === 'string' && name !== '' ? `function ${name.slice(0, room)}` : 'a function';
    }
    case 'object':
      return value === null ? 'null' : objectText(value, room);
    default:
      return `${value}`;
  }
}

function objectText(value: object, room: number): string {
  const isList = Array.isArray(value);
  const tag = Object.prototype.toString.call(value).slice(0, room + 1);
  if (!isList && tag !== '[object Object]') return tag;
  const keys = isList ? value : Object.keys(value);
  let text = '';
  for (let i = 0; i < keys.length && text.length < room; i++) {
    const key = isList ? i : (keys[i] as string);
    const property = Object.getOwnPropertyDescriptor(value, key);
    const left = room - text.length;
    if (i > 0) text += ',';
    if (!isList) text += `${textOf(key, left)}:`;
    if (property?.get || property?.set) text += 'a getter';
    else text += isList && property?.value === undefined ? 'null' : textOf(property?.value, left);
  }
  return isList ? `[${text}]` : `{${text}}`;
}
