import { ArgumentError, show } from '../core/errors';

/**
 * Whether names match a pattern. Both are segments between dots: `*` stands for any characters
 * within a segment, none included, and a segment `**` for any number of segments, none included.
 * So `h.*.ln_1.weight` is every block's, and `**.bias` every bias at any depth. Everything else
 * stands for itself, in its own case.
 * @throws ArgumentError where the pattern is empty or `**` is not a whole segment
 */
export function glob(pattern: string): (name: string) => boolean {
  if (pattern === '') throw new ArgumentError('a pattern must not be empty');
  const wanted = pattern.split('.');
  const mixed = wanted.find((segment) => segment !== '**' && segment.includes('**'));
  if (mixed !== undefined)
    throw new ArgumentError(
      `** must stand alone between dots, got ${show(mixed)} in the pattern ${show(pattern)}`,
    );
  return (name) =>
    matches(wanted, name.split('.'), '**', (segment, text) => matches([...segment], [...text], '*', equal));
}

/**
 * Whether a sequence is what a pattern says, where `many` stands for any number of items. On a
 * mismatch only the last `many` takes one item more, so the time is at most the product of the lengths.
 */
function matches(
  pattern: string[],
  items: string[],
  many: string,
  same: (wanted: string, item: string) => boolean,
): boolean {
  let at = 0;
  let star = -1;
  let taken = 0;
  for (let i = 0; i < items.length;) {
    if (at < pattern.length && pattern[at] === many) {
      star = at++;
      taken = i;
    } else if (at < pattern.length && same(pattern[at], items[i])) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++taken;
    } else return false;
  }
  while (pattern[at] === many) at++;
  return at === pattern.length;
}

function equal(wanted: string, item: string): boolean {
  return wanted === item;
}
