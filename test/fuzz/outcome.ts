import { ArgumentError, DeviceError } from '../../src/index';
import { CallerError } from './hostile';

/** What came of an input: a value, or one line that says why there is none. */
export type Outcome<Value> = { readonly refused: string } | { readonly value: Value };

/** No message is longer. The longest list every identifier of an initializer. */
const LONGEST = 1000;

/**
 * Runs `work`. An error must be the caller's, or one of the library's own, in one line of bounded length.
 * Any other error is a fault, and is thrown on.
 */
export async function outcomeOf<Value>(work: () => Value | Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof CallerError) return { refused: error.message };
    if (!(error instanceof ArgumentError || error instanceof DeviceError)) throw error;
    checkLine(error.message);
    return { refused: error.message };
  }
}

/** @throws Error unless the text is one line that is not empty and not too long */
export function checkLine(text: string): void {
  if (text.trim() === '') throw new Error('an error without a message');
  if (/[\n\r\u2028\u2029]/.test(text)) throw new Error(`a message of several lines: ${JSON.stringify(text)}`);
  if (text.length > LONGEST)
    throw new Error(`a message of ${text.length} characters: ${text.slice(0, LONGEST)}`);
}
