import { clip } from '../../text/clip';
import { few } from '../../text/few';
import { fansChanged } from './kinds/einsum';
import type { Layer } from './layer';
import { versionNumber } from './names';

/** Where the version of Keras stands that wrote a model: in its JSON, or in the metadata.json of a .keras file. */
interface Versions {
  readonly keras_version?: unknown;
  readonly metadata?: { readonly keras_version?: unknown } | null;
}

/**
 * Says which fans the kernels of einsum and attention layers have, since Keras 3.15 computes others than before.
 * @param model the outermost model, after its layers were called
 * @returns no note where it has no such kernel
 */
export function fansNotes(model: Layer): readonly string[] {
  const owners = new Set<Layer>();
  const visit = (layer: Layer): void => {
    // The projections of attention, and what a wrapper wraps, have no place of their own in a model.
    if (fansChanged(layer)) owners.add(layer.parent!.graph ? layer : layer.parent!);
    layer.children.forEach(visit);
  };
  visit(model);
  if (owners.size === 0) return [];
  const { keras_version, metadata } = model.source as Versions;
  const old = !model.fansByAxes;
  const why = [keras_version, metadata?.keras_version].flatMap(reason)[0];
  const classes = new Set([...owners].map(({ className }) => className));
  return [
    `the fans of ${few([...classes])} kernels are those of Keras ${old ? 'before 3.15' : '3.15 and later'}, ` +
      `${why ?? 'since no keras_version says otherwise'}: ${few([...owners].map(({ path }) => path))}`,
  ];
}

/** What a version says about the fans that are used; nothing where it is none. */
function reason(version: unknown): string[] {
  if (typeof version !== 'string' || versionNumber(version) === undefined) return [];
  return [`as keras_version ${clip(version, 20)} says`];
}
