/*
 * Keras nests the arguments of a call in lists and objects as it likes. These functions find and replace
 * what stands in such a structure.
 */

type Class<T> = new (...args: any[]) => T;

/**
 * The instances of a class in a structure, in Keras's order: lists as they are, objects by their sorted
 * keys.
 */
export function instancesIn<T>(structure: unknown, type: Class<T>): T[] {
  if (structure instanceof type) return [structure];
  if (Array.isArray(structure)) return structure.flatMap((item) => instancesIn(item, type));
  if (!isObject(structure)) return [];
  return Object.keys(structure)
    .sort()
    .flatMap((key) => instancesIn(structure[key], type));
}

/** The number of values in a structure that are no lists and no plain objects, and of empty ones of these. */
export function leaves(structure: unknown): number {
  if (typeof structure !== 'object' || structure === null) return 1;
  return Object.values(structure).reduce<number>((sum, item) => sum + leaves(item), 0) || 1;
}

/** A copy of a structure in which each instance of a class is replaced. */
export function replaceInstances<T>(
  structure: unknown,
  type: Class<T>,
  replace: (instance: T) => unknown,
): unknown {
  if (structure instanceof type) return replace(structure);
  if (Array.isArray(structure)) return structure.map((item) => replaceInstances(item, type, replace));
  if (!isObject(structure)) return structure;
  return mapValues(structure, (item) => replaceInstances(item, type, replace));
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether it is an object and not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of an object with each value replaced. */
export function mapValues(object: object, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
