/** A longer name is no misspelling of ours. The limit bounds what a message costs. */
const LONGEST = 64;
const MOST_NAMES = 3;

/**
 * The end of a message about a name that is not known: "; did you mean seed? Known keys: seed, name", or
 * "; known keys: seed, name" where no name is near.
 * @param what the known names are, for the message, in lower case
 */
export function orKnown(given: unknown, known: readonly string[], what: string): string {
  return orAll(nearest(given, known), `${what}: ${known.length > 0 ? known.join(', ') : 'none'}`);
}

/**
 * The same with other names than the nearest.
 * @param all the end of the message, in lower case
 * @param note what is to know about the names
 */
export function orAll(names: readonly string[], all: string, note = ''): string {
  if (names.length === 0) return `; ${all}`;
  const rest = note === '' ? `${all[0].toUpperCase()}${all.slice(1)}` : `${note}; ${all}`;
  return `${asked(names)} ${rest}`;
}

/** "; did you mean he_normal or he_uniform?" or, without names, the empty text. */
export function asked(names: readonly string[]): string {
  return names.length === 0 ? '' : `; did you mean ${names.join(' or ')}?`;
}

/**
 * The known names that are nearest to a name: those with the fewest edits, or else those that it begins or
 * that begin it. Case and what stands between words do not count, and the digits must be the same.
 * @returns at most three, in the order of `known`
 */
export function nearest(given: unknown, known: readonly string[]): string[] {
  if (typeof given !== 'string' || given.length > LONGEST) return [];
  const name = bare(given);
  let least = Infinity;
  let names: string[] = [];
  for (const one of known) {
    const distance = distanceOf(name, bare(one));
    if (distance > least) continue;
    if (distance < least) names = [];
    least = distance;
    if (distance < Infinity) names.push(one);
  }
  return names.slice(0, MOST_NAMES);
}

/** A name in lower case without what stands between its words. */
export function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

const digitsOf = (name: string): string => [...name.replace(/\D/g, '')].sort().join('');

/** The number of edits between two names; infinite where that is too many for a misspelling. */
function distanceOf(name: string, other: string): number {
  const most = Math.min(Math.floor(Math.max(name.length, other.length) / 4), 3);
  const edits = digitsOf(name) === digitsOf(other) ? editsOf(name, other) : Infinity;
  if (edits <= most) return edits;
  const begins = name.length >= 3 && other.startsWith(name);
  return begins || (other.length >= 4 && name.startsWith(other))
    ? 2 * LONGEST - Math.min(name.length, other.length)
    : Infinity;
}

/**
 * The least number of characters to insert, delete, replace, or exchange with their neighbour.
 * @see https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance, optimal string alignment
 */
function editsOf(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + Number(a[i - 1] !== b[j - 1]);
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[b.length];
}
