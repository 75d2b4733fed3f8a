import { show } from '../../core/errors';
import type { Shape } from '../../core/shape';
import { isWellFormed } from '../../core/unicode';
import { few } from '../../text/few';
import { grouped } from '../../text/numbers';
import { isObject } from './structure';
import type { KerasWeight } from './weight';

/**
 * A weight as the file beside a model's JSON lists it, such as the `weightsManifest` of TensorFlow.js.
 *
 * @example
 * ```ts
 * import { kerasModel, type ManifestEntry } from 'tensorseed/models';
 *
 * const manifest: ManifestEntry[] = [{ name: 'dense_Dense1/kernel', shape: [3, 4] }];
 * const dense = { class_name: 'Dense', config: { units: 4, use_bias: false, batch_input_shape: [null, 3] } };
 * const model = kerasModel({ class_name: 'Sequential', config: { layers: [dense] } }, { manifest });
 * console.log(model.weights[0].name); // dense_Dense1/kernel
 * ```
 */
export interface ManifestEntry {
  /** Its name in the file. */
  readonly name: string;
  /** Its sizes in elements. */
  readonly shape: Shape;
}

/** The most characters of a name that is taken. */
const MAX_NAME = 1000;
/** The most parts of a name that are compared where the whole is not found, and the most entries that may share them. */
const MAX_PARTS = 8;
const MAX_ALIKE = 8;

/**
 * The places of a .weights.h5, such as "layers/dense/vars/0". They name classes and numbers, not weights.
 */
const PLACE = /(^|\/)vars\/\d+$/;

/** The variables of an optimizer, as the versions of Keras name them. */
const SLOT =
  /^(training|optimizer(_weights)?|optimizer_\d+|iter(ation)?s?|learning_rate|decay|loss_scale)(\/|$)|(^|\/)(adam(ax|w)?|nadam|sgd|rmsprop|adagrad|adadelta|adafactor|ftrl|lion|lamb|muon)(_\d+)?(\/|$)/i;

/** What is read of a manifest. */
export interface Manifest {
  readonly entries: readonly ManifestEntry[];
  readonly notes: readonly string[];
}

/** The entries of a list that can be read. Others are left out with a note, since only names hang on them. */
export function readManifest(list: unknown): Manifest {
  if (list === undefined) return { entries: [], notes: [] };
  if (!Array.isArray(list)) return { entries: [], notes: ['the manifest is no list and has no effect'] };
  const entries = list.filter(isEntry).map(({ name, shape }) => ({ name: name.replace(/:\d+$/, ''), shape }));
  const odd = list.length - entries.length;
  return {
    entries: entries.filter(({ name }) => !PLACE.test(name)),
    notes: odd === 0 ? [] : [`entries of the manifest that cannot be read: ${grouped(odd)}`],
  };
}

/** The entries of a `weightsManifest`, which is a list of groups. */
export function manifestOfGroups(groups: unknown): unknown {
  if (!Array.isArray(groups)) return groups;
  return groups.flatMap((group: unknown): unknown[] =>
    isObject(group) && Array.isArray(group.weights) ? group.weights : [group],
  );
}

function isEntry(entry: unknown): entry is ManifestEntry {
  if (!isObject(entry)) return false;
  const { name, shape } = entry;
  return (
    typeof name === 'string' &&
    name.length <= MAX_NAME &&
    !/^(:\d+|__metadata__)?$/.test(name) &&
    isWellFormed(name) &&
    Array.isArray(shape) &&
    shape.every((size) => Number.isSafeInteger(size) && size >= 0)
  );
}

/** A weight under its computed names, one for each style, the likeliest style first. */
export interface Candidate {
  readonly weight: KerasWeight;
  readonly names: readonly string[];
}

/** An entry with its name as it is compared. */
interface Open extends ManifestEntry {
  readonly compared: string;
}

/** The names that a manifest gives to weights, and what is to be said about the others. */
export function matchManifest(
  candidates: readonly Candidate[],
  { entries, notes: odd }: Manifest,
): { readonly names: ReadonlyMap<KerasWeight, string>; readonly notes: readonly string[] } {
  const notes = [...odd];
  const names = new Map<KerasWeight, string>();
  if (entries.length === 0) return { names, notes };
  const open = new Set(withoutPrefix(candidates, entries));
  const left = new Set(candidates);
  const close = (candidate: Candidate, entry: Open): void => {
    left.delete(candidate);
    open.delete(entry);
  };
  const match = (candidate: Candidate, entry: Open): void => {
    close(candidate, entry);
    names.set(candidate.weight, entry.name);
  };

  const byName = indexed(open, ({ compared }) => [compared], MAX_ALIKE);
  const exact = (style: number, { names, weight }: Candidate): Open | undefined =>
    byName.get(names[style])?.find((entry) => open.has(entry) && fits(weight, entry));
  const counts = (candidates[0]?.names ?? []).map((_, style): [number, number] => [
    style,
    candidates.filter((candidate) => exact(style, candidate)).length,
  ]);
  const styles = counts.sort(([, a], [, b]) => b - a).map(([style]) => style);
  for (const style of styles)
    for (const candidate of left) {
      const entry = exact(style, candidate);
      if (entry) match(candidate, entry);
    }
  for (const candidate of left) {
    const entry = byName.get(candidate.names[styles[0]])?.find((one) => open.has(one));
    if (!entry) continue;
    close(candidate, entry);
    notes.push(
      `weight ${show(candidate.names[0])} has the shape ${show(candidate.weight.shape)}, but ` +
        `${show(entry.shape)} in the manifest`,
    );
  }
  const slots = [...open].filter(({ name }) => SLOT.test(name));
  for (const slot of slots) open.delete(slot);

  const byEnd = indexed(open, ({ compared }) => ends(compared), MAX_ALIKE + 1);
  // The longest end that one entry alone has counts. The end of one name must be the whole of the other.
  const ending = ({ names, weight }: Candidate): Open | undefined => {
    for (const style of styles)
      for (const [cut, end] of ends(names[style]).entries()) {
        const alike = byEnd.get(end) ?? [];
        const found = alike.filter(
          (entry) => open.has(entry) && fits(weight, entry) && (cut === 0 || entry.compared === end),
        );
        if (found.length === 1 && alike.length <= MAX_ALIKE) return found[0];
      }
    return undefined;
  };
  for (const candidate of left) {
    const entry = ending(candidate);
    if (entry) match(candidate, entry);
  }
  const first = (name: string): string => name.split('/', 1)[0];
  const pairings: [(candidate: Candidate) => string, (entry: Open) => string, boolean][] = [
    [({ names }) => first(names[styles[0]]), ({ compared }) => first(compared), true],
    [({ weight }) => `${weight.variable} ${weight.shape}`, (e) => `${variableOf(e)} ${e.shape}`, true],
    [() => '', () => '', false],
  ];
  for (const [keyOf, entryKey, byVariable] of pairings) {
    const groups = indexed(open, (entry) => [entryKey(entry)]);
    for (const [key, ours] of indexed(left, (candidate) => [keyOf(candidate)])) {
      const theirs = groups.get(key) ?? [];
      const isPair = ({ weight }: Candidate, i: number): boolean =>
        fits(weight, theirs[i]) && (!byVariable || variableOf(theirs[i]) === weight.variable);
      if (theirs.length === ours.length && ours.every(isPair))
        ours.forEach((one, i) => match(one, theirs[i]));
    }
  }
  const list = (names: readonly string[]): string => `${grouped(names.length)}: ${few(names)}`;
  if (left.size > 0)
    notes.push(
      `weights that are not in the manifest and keep the names that follow from the layers, ` +
        list([...left].map(({ names }) => names[0])),
    );
  if (slots.length > 0)
    notes.push(`entries of the manifest that are an optimizer's, ${list(slots.map(({ name }) => name))}`);
  if (open.size > 0)
    notes.push(
      `entries of the manifest that no weight of the model fits, ${list([...open].map(({ name }) => name))}`,
    );
  return { names, notes };
}

const fits = ({ shape }: KerasWeight, entry: ManifestEntry): boolean =>
  shape.length === entry.shape.length && shape.every((size, i) => size === entry.shape[i]);

/** The variable that an entry names. TensorFlow numbers equal names from the second on. */
const variableOf = ({ name }: ManifestEntry): string =>
  name.slice(name.lastIndexOf('/') + 1).replace(/_\d+$/, '');

/** The entries without a first part that all have and no weight's name begins with, such as "model/". */
function withoutPrefix(candidates: readonly Candidate[], entries: readonly ManifestEntry[]): Open[] {
  const { name } = entries[0];
  const prefix = name.slice(0, name.indexOf('/') + 1);
  const strips =
    prefix !== '' &&
    entries.every((entry) => entry.name.startsWith(prefix)) &&
    !candidates.some(({ names }) => names.some((one) => one.startsWith(prefix)));
  return entries.map((entry) => ({
    ...entry,
    compared: strips ? entry.name.slice(prefix.length) : entry.name,
  }));
}

/** A name, and its ends of at least two parts, the longest first. */
function ends(name: string): string[] {
  const found: string[] = [];
  let end = name.lastIndexOf('/');
  while (end > 0 && found.length < MAX_PARTS) {
    end = name.lastIndexOf('/', end - 1);
    if (end >= 0) found.push(name.slice(end + 1));
  }
  return [name, ...found.reverse()];
}

/** @param most how many items with the same key are kept, of which there may be any number */
function indexed<T>(
  items: Iterable<T>,
  keys: (item: T) => readonly string[],
  most = Infinity,
): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const item of items)
    for (const key of keys(item)) {
      const known = map.get(key);
      if (!known) map.set(key, [item]);
      else if (known.length < most) known.push(item);
    }
  return map;
}
