import { ArgumentError } from '../core/errors';
import { decodeUtf8, type Json, parseJson } from '../formats/json';
import { MAX_DEPTH } from './plain';

/** The most bytes of JSON that describe a model. */
export const MAX_MODEL_BYTES = 16 * 2 ** 20;
/** How often JSON may be the text in a JSON string. `json.dump(model.to_json(), file)` makes it so once. */
const MAX_WRAPPINGS = 3;

/** The bytes of a text. One that is far too long is refused before it is copied. */
export function encoded(what: string, text: string, most: number): Uint8Array {
  if (text.length > most)
    throw new ArgumentError(`${what} must have at most ${most} bytes, got ${text.length} characters`);
  return new TextEncoder().encode(text);
}

/**
 * The JSON that describes a model.
 * @param file the file's name for messages
 * @throws ArgumentError where it is no JSON, or too much
 */
export function parseText(file: string, bytes: Uint8Array): Json {
  if (bytes.length > MAX_MODEL_BYTES)
    throw new ArgumentError(`${file} has ${bytes.length} bytes, more than ${MAX_MODEL_BYTES} for a model`);
  // Editors on Windows begin files with a byte order mark.
  return unwrapped(file, parseModelText(file, decodeUtf8(file, bytes).replace(/^\uFEFF/, '')));
}

/** The JSON in the text of a JSON string, and any other JSON as it is. */
export function unwrapped(what: string, json: Json): Json {
  let inner = json;
  for (let i = 0; i < MAX_WRAPPINGS && typeof inner === 'string' && /^\s*[{["]/.test(inner); i++)
    inner = parseModelText(what, inner);
  return inner;
}

/** Python writes NaN and Infinity. */
export function parseModelText(what: string, text: string): Json {
  return parseJson(what, text, { depth: MAX_DEPTH, integers: false, nonFinite: true });
}
