import { ArgumentError, show } from '../core/errors';

/** The steps that matching may still take, of all patterns together that share it. */
export interface Steps {
  left: number;
}

/** The most steps that the patterns of a model's rules may take, which are a few seconds. */
const MAX_STEPS = 2e7;

export function allSteps(): Steps {
  return { left: MAX_STEPS };
}

/**
 * A function that says whether a name matches a pattern. Names and patterns consist of segments between
 * dots. `*` stands for any number of characters within a segment, slashes among them, and a segment `**` for any number of
 * segments; both numbers may be 0. All other characters stand for themselves, and upper and lower case
 * differ. For instance `h.*.ln_1.weight` matches that weight in every block, and `**.bias` every bias.
 * @param steps what matching may take; the function throws an ArgumentError where it takes more
 * @throws ArgumentError where the pattern is empty or `**` is not a whole segment
 */
export function glob(pattern: string, steps = allSteps()): (name: string) => boolean {
  if (pattern === '') throw new ArgumentError('a pattern must not be empty');
  const segments = pattern.split('.');
  const mixed = segments.find((segment) => segment !== '**' && segment.includes('**'));
  if (mixed !== undefined)
    throw new ArgumentError(
      `** must stand alone between dots, got ${show(mixed)} in the pattern ${show(pattern)}`,
    );
  const wanted = segments.map((segment): Wanted => ({ segment, characters: [...segment] }));
  // Most names of a model differ from a pattern in their beginning or end.
  const begin = segments[0].split('*', 1)[0];
  const end = segments.at(-1)!.split('*').at(-1)!;
  const isLiteral = !pattern.includes('*');
  return (name) => {
    spend(steps);
    if (isLiteral) return name === pattern;
    return (
      name.startsWith(begin) &&
      name.endsWith(end) &&
      matches(wanted, name.split('.'), isMany, likeSegment, steps)
    );
  };
}

/** A segment of a pattern, and its characters. */
interface Wanted {
  readonly segment: string;
  readonly characters: readonly string[];
}

const isMany = ({ segment }: Wanted): boolean => segment === '**';

function likeSegment({ segment, characters }: Wanted, text: string, steps: Steps): boolean {
  return segment.includes('*') ? matches(characters, [...text], isStar, equal, steps) : segment === text;
}

const isStar = (character: string): boolean => character === '*';
const equal = (wanted: string, character: string): boolean => wanted === character;

/**
 * Whether a sequence matches a pattern, of which some items stand for any number of items. On a mismatch
 * only the last of these takes one item more, so that the time is at most the product of the lengths.
 */
function matches<T>(
  pattern: readonly T[],
  items: readonly string[],
  isMany: (wanted: T) => boolean,
  same: (wanted: T, item: string, steps: Steps) => boolean,
  steps: Steps,
): boolean {
  let at = 0;
  let star = -1;
  let taken = 0;
  for (let i = 0; i < items.length;) {
    spend(steps);
    if (at < pattern.length && isMany(pattern[at])) {
      star = at++;
      taken = i;
    } else if (at < pattern.length && same(pattern[at], items[i], steps)) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++taken;
    } else return false;
  }
  while (at < pattern.length && isMany(pattern[at])) at++;
  return at === pattern.length;
}

function spend(steps: Steps): void {
  if (--steps.left < 0)
    throw new ArgumentError(
      `matching the names takes more than ${MAX_STEPS} steps: give fewer rules, or patterns with fewer stars`,
    );
}
