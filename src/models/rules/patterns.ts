import { show } from '../../core/errors';
import type { Shape } from '../../core/shape';
import { grouped } from '../../text/numbers';

/** The glob that a name and those of the same tensor in other blocks match: numbers between dots become `*`. */
export function patternOf(name: string): string {
  return /\d/.test(name) ? name.replace(/(?<![^.])\d+(?![^.])/g, '*') : name;
}

interface Named {
  readonly name: string;
  readonly shape: Shape;
}

/** Tensors by the patterns of their names, in their order. */
export function byPattern<T extends Named>(tensors: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const tensor of tensors) {
    const pattern = patternOf(tensor.name);
    const group = groups.get(pattern);
    if (group === undefined) groups.set(pattern, [tensor]);
    else group.push(tensor);
  }
  return groups;
}

/** The most patterns that a message lists. */
const MOST = 10;

/** `"h.*.w" of shape [4,4] (12), "x" of shape [3] (1)`: the patterns of tensors, each with how many have it. */
export function patternsText(tensors: readonly Named[]): string {
  const groups = [...byPattern(tensors)];
  const texts = groups
    .slice(0, MOST)
    .map(
      ([pattern, [{ shape }, ...others]]) =>
        `${show(pattern)} of shape ${show(shape)} (${others.length + 1})`,
    );
  const more = groups.length - MOST;
  return `${texts.join(', ')}${more > 0 ? ` and ${grouped(more)} more patterns` : ''}`;
}
