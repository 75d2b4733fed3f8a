import { few } from '../../text/few';
import { grouped } from '../../text/numbers';
import type { Layer } from './layer';
import { type Manifest, matchManifest } from './manifest';
import { computedNames, NAME_STYLES, type NameStyle, type Writer } from './names';
import type { KerasWeight } from './weight';

/** What the names of a model's weights follow from. */
export interface Naming {
  readonly style: NameStyle;
  readonly writer: Writer;
  readonly manifest: Manifest;
}

/** The weights of a model under their names. */
export interface NamedWeights {
  /** A weight as users see it, for one of a layer, whose name is its unique path. */
  readonly named: (weight: KerasWeight) => KerasWeight;
  readonly notes: readonly string[];
}

/** Gives the weights of a model the names that a style says, each its own. */
export function nameWeights(root: Layer, { style, writer, manifest }: Naming): NamedWeights {
  const { weights } = root;
  const computed = computedNames(root, writer, style);
  const wanted = (weight: KerasWeight): string => computed.get(weight) ?? weight.name;
  if (style !== 'keras' || (manifest.entries.length === 0 && manifest.notes.length === 0))
    return distinct(weights, wanted, []);
  const others = NAME_STYLES.filter((one) => one !== style).map((one) => computedNames(root, writer, one));
  const candidates = weights.map((weight) => ({
    weight,
    names: [wanted(weight), ...others.map((names) => names.get(weight) ?? weight.name)],
  }));
  const { names, notes } = matchManifest(candidates, manifest);
  return distinct(weights, (weight) => names.get(weight) ?? wanted(weight), notes);
}

/** Where several weights would have one name, they keep their unique paths. */
function distinct(
  weights: readonly KerasWeight[],
  wanted: (weight: KerasWeight) => string,
  notes: readonly string[],
): NamedWeights {
  const holders = new Map<string, KerasWeight[]>();
  const add = (name: string, weight: KerasWeight): KerasWeight[] => {
    const all = holders.get(name) ?? [];
    all.push(weight);
    holders.set(name, all);
    return all;
  };
  for (const weight of weights) add(wanted(weight), weight);
  const kept = new Set<KerasWeight>();
  const waiting = [...holders.values()].filter((all) => all.length > 1).flat();
  for (const weight of waiting) {
    if (kept.has(weight)) continue;
    kept.add(weight);
    // The unique path may be what another weight would be called.
    if (weight.name !== wanted(weight)) waiting.push(...add(weight.name, weight).slice(0, -1));
  }
  const all = new Map(
    weights.map((weight) => {
      const name = kept.has(weight) ? weight.name : wanted(weight);
      return [weight, name === weight.name ? weight : { ...weight, name, streamName: weight.name }];
    }),
  );
  const same = weights.filter((weight) => kept.has(weight) && weight.name !== wanted(weight));
  return {
    named: (weight) => all.get(weight) ?? weight,
    notes:
      same.length === 0
        ? notes
        : [
            ...notes,
            `weights that would have the names of others and have those of all layers around them, ` +
              `${grouped(same.length)}: ${few(same.map(({ name }) => name))}`,
          ],
  };
}
