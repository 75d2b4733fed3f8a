import { ArgumentError, show } from '../core/errors';

/**
 * A function that says whether a name matches a pattern. Names and patterns consist of segments between
 * dots. `*` stands for any number of characters within a segment, and a segment `**` for any number of
 * segments; both numbers may be 0. All other characters stand for themselves, and upper and lower case
 * differ. For instance `h.*.ln_1.weight` matches that weight in every block, and `**.bias` every bias.
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
 * Whether a sequence matches a pattern, in which `many` stands for any number of items. On a mismatch
 * only the last `many` takes one item more, so that the time is at most the product of the lengths.
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
