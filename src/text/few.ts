import { clip } from './clip';

/** The first three names, of which long ones are cut, and how many more there are: `a, b, c and 2 more`. */
export function few(names: readonly string[]): string {
  const shown = names
    .slice(0, 3)
    .map((name) => clip(name))
    .join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
