import { ArgumentError, show } from '../core/errors';
import { isWellFormed } from '../core/unicode';

/** A parsed JSON value. An object is a Map, so that keys such as `__proto__` have no special meaning. */
export type Json = null | boolean | number | string | Json[] | Map<string, Json>;

export interface JsonLimits {
  /** How many levels of objects and lists may be nested in one another. */
  readonly depth: number;
  /** Whether numbers must be integers, written without a point and an exponent. */
  readonly integers: boolean;
  /** Whether NaN, Infinity and -Infinity are numbers, as Python writes them. Default false. */
  readonly nonFinite?: boolean;
}

/** The most values of a document. What they take in memory is many times their text, most of all for objects. */
const MAX_VALUES = 2 ** 22;
const VALUES_OF_LIST = 2;
const VALUES_OF_OBJECT = 4;

const INTEGER = /-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const NON_FINITE = [
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
] as const;

/**
 * Parses JSON strictly as RFC 8259 defines it. `JSON.parse` keeps the last of two equal keys; here a key
 * that is given twice is an error, and so are lone surrogates.
 * @param what names the text in messages, such as 'the header of x.safetensors'
 * @throws ArgumentError, one line that says at which character the text is wrong, or that it holds too much
 */
export function parseJson(
  what: string,
  text: string,
  limits: JsonLimits = { depth: 32, integers: false },
): Json {
  return new Parser(what, text, limits).document();
}

/**
 * The text that UTF-8 bytes encode.
 * @param what names the bytes in messages
 * @throws ArgumentError where the bytes are no UTF-8
 */
export function decodeUtf8(what: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ArgumentError(`${what} is no valid UTF-8`);
  }
}

/** Keys that would change the prototype of a plain object, or hide its constructor. */
const REFUSED_KEYS = ['__proto__', 'constructor', 'prototype'];

/**
 * The same JSON with plain objects in place of Maps.
 * @param what names the JSON in messages
 * @throws ArgumentError where a key is `__proto__`, `constructor` or `prototype`
 */
export function toPlain(what: string, json: Json): unknown {
  if (Array.isArray(json)) return json.map((item) => toPlain(what, item));
  if (!(json instanceof Map)) return json;
  const plain: Record<string, unknown> = {};
  for (const [key, value] of json) {
    if (REFUSED_KEYS.includes(key))
      throw new ArgumentError(`${what} has the key ${show(key)}, which is refused`);
    plain[key] = toPlain(what, value);
  }
  return plain;
}

class Parser {
  private at = 0;
  /** The values that may still come. */
  private left = MAX_VALUES;

  constructor(
    private readonly what: string,
    private readonly text: string,
    private readonly limits: JsonLimits,
  ) {}

  document(): Json {
    const value = this.value(this.limits.depth);
    if (this.at < this.text.length) this.fail('nothing more');
    return value;
  }

  private value(depth: number): Json {
    this.space();
    const value = this.bare(depth);
    this.space();
    return value;
  }

  private bare(depth: number): Json {
    const first = this.text[this.at];
    this.left -= first === '{' ? VALUES_OF_OBJECT : first === '[' ? VALUES_OF_LIST : 1;
    if (this.left < 0)
      throw new ArgumentError(
        `${this.what} holds more than ${MAX_VALUES} values, of which a list counts as ${VALUES_OF_LIST} and an object as ${VALUES_OF_OBJECT}`,
      );
    if (first === '{' || first === '[') {
      if (depth === 0) throw new ArgumentError(`${this.what} is nested too deeply at character ${this.at}`);
      return first === '{' ? this.object(depth - 1) : this.array(depth - 1);
    }
    if (first === '"') return this.string();
    if (this.word('null')) return null;
    if (this.word('true')) return true;
    if (this.word('false')) return false;
    if (this.limits.nonFinite) {
      for (const [word, value] of NON_FINITE) if (this.word(word)) return value;
    }
    return this.number();
  }

  private object(depth: number): Map<string, Json> {
    const map = new Map<string, Json>();
    this.at++;
    this.space();
    if (this.word('}')) return map;
    do {
      this.space();
      const key = this.string();
      if (map.has(key)) throw new ArgumentError(`${this.what} has the key ${show(key)} twice`);
      this.space();
      if (!this.word(':')) this.fail("':'");
      map.set(key, this.value(depth));
    } while (this.word(','));
    if (!this.word('}')) this.fail("',' or '}'");
    return map;
  }

  private array(depth: number): Json[] {
    const items: Json[] = [];
    this.at++;
    this.space();
    if (this.word(']')) return items;
    do items.push(this.value(depth));
    while (this.word(','));
    if (!this.word(']')) this.fail("',' or ']'");
    return items;
  }

  private number(): number {
    const pattern = this.limits.integers ? INTEGER : NUMBER;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined)
      this.fail(this.limits.integers ? 'a value (numbers are integers here)' : 'a value');
    const number = Number(found);
    if (!Number.isFinite(number)) this.fail('a number within float64');
    this.at += found.length;
    return number;
  }

  private string(): string {
    if (this.text[this.at] !== '"') this.fail('a string');
    let end = this.at + 1;
    let escaped = false;
    for (let code: number; (code = this.text.charCodeAt(end)) !== 0x22; end++) {
      if (!(code >= 0x20)) this.fail('a string that ends on its line');
      if (code === 0x5c) {
        escaped = true;
        end++;
      }
    }
    const value = escaped
      ? this.unescape(this.text.slice(this.at, end + 1))
      : this.text.slice(this.at + 1, end);
    if (!isWellFormed(value)) this.fail('a string of well-formed Unicode');
    this.at = end + 1;
    return value;
  }

  private unescape(literal: string): string {
    try {
      return JSON.parse(literal) as string;
    } catch {
      return this.fail('a well-formed string');
    }
  }

  private word(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private space(): void {
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  private fail(expected: string): never {
    const found = this.at < this.text.length ? show(this.text.slice(this.at, this.at + 16)) : 'the end';
    throw new ArgumentError(
      `${this.what} is no valid JSON: expected ${expected} at character ${this.at}, found ${found}`,
    );
  }
}
