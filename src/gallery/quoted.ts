import { clip } from '../text/clip';

/** A text from a field or from the address, as a message shows it: in quotes, and no longer than a line. */
export function quoted(text: string): string {
  return JSON.stringify(clip(text, 60));
}
