import { ArgumentError } from '../../core/errors';
import { readReport } from './read_report';
import type { MachineReport } from './report';

/** The setting of the gallery's address that holds a report. */
export const LINK_KEY = 'result';

/** The most characters of a report in an address, and bytes of its JSON. */
const MOST_CHARACTERS = 2 ** 15;
const MOST_BYTES = 2 ** 18;

/** A report as an address holds it: its JSON, deflated (zlib) and in base64url. */
export async function encodeReport(report: MachineReport): Promise<string> {
  const deflated = new Blob([JSON.stringify(report)]).stream().pipeThrough(new CompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * Reads what `encodeReport` gives, or what a stranger gives in its place.
 * @throws ArgumentError (as a rejection) in one line where it is no report
 */
export async function decodeReport(text: string): Promise<MachineReport> {
  if (text.length > MOST_CHARACTERS)
    throw new ArgumentError(`the result must have at most ${MOST_CHARACTERS} characters, got ${text.length}`);
  let value: unknown;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const json = await inflated(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
    value = JSON.parse(json);
  } catch (cause) {
    if (cause instanceof ArgumentError) throw cause;
    throw new ArgumentError('the result in the link is damaged or cut off', { cause });
  }
  return readReport(value);
}

/** @throws ArgumentError where it becomes too large, before all of it is there */
async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  let size = 0;
  let json = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return json + decoder.decode();
    size += value.length;
    if (size > MOST_BYTES) {
      await reader.cancel();
      throw new ArgumentError(`the result in the link must have at most ${MOST_BYTES} bytes, but has more`);
    }
    json += decoder.decode(value, { stream: true });
  }
}
