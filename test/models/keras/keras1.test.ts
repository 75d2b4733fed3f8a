import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kerasModel, type KerasWeight } from '../../../src/models/keras';
import { anyInitializer } from '../../../src/initializers/all';

type Json = Record<string, any>;
type Law = [kind: string, ...values: any[]];
interface Case {
  readonly case: string;
  readonly json: Json;
  readonly weights: readonly (readonly [name: string, shape: number[], law: Law, trainable: boolean])[];
  readonly shapes: Readonly<Record<string, unknown>>;
}

// What Keras 1.2.2, 1.1.2 and 1.0.8 say about models of theirs: see keras1.py.
const cases: Case[] = JSON.parse(
  readFileSync(new URL('../../vectors/keras/keras1.json', import.meta.url), 'utf8'),
);

/** What fills a weight, as Keras 1 asks its backend for it. */
function lawOf({ initializer, shape, parts }: KerasWeight): Law {
  const draw = (json: any, sizes: readonly number[]): Law => {
    const drawn: any = anyInitializer(json).resolve(sizes);
    if (drawn.kind === 'uniform') return ['uniform', drawn.high];
    if (drawn.kind === 'normal') return ['normal', drawn.stddev];
    if (drawn.kind === 'orthogonal') return ['orthogonal', drawn.gain, ...sizes];
    if (anyInitializer(json).className === 'Identity') return ['parts', identity(sizes)];
    return ['constant', drawn.value];
  };
  if (parts === undefined) return draw(initializer, shape);
  if (parts.length === 1) return draw(parts[0].initializer, parts[0].shape);
  const values = parts.flatMap((part) =>
    Array<number>(part.shape[0]).fill(draw(part.initializer, part.shape)[1]),
  );
  return values.every((value) => value === values[0]) ? ['constant', values[0]] : ['parts', values];
}

const identity = ([rows, columns]: readonly number[]): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => Number(i === j)));

const close = (law: Law): Law =>
  law.map((value) => (typeof value === 'number' ? Number(value.toFixed(6)) : value)) as Law;

describe('models of Keras 1', () => {
  it.each(cases)('$case have its weights', ({ json, weights, shapes }) => {
    const model = kerasModel(json);
    expect(
      model.weights.map((weight) => [weight.name, weight.shape, close(lawOf(weight)), weight.trainable]),
    ).toEqual(weights.map(([name, shape, law, trainable]) => [name, shape, close(law), trainable]));
    expect(model.notes).toEqual([]);
    for (const { name, outputShape } of model.layers)
      if (shapes[name]) expect([name, outputShape]).toEqual([name, shapes[name]]);
  });

  it('are known by the keys of their layers, where a file does not say its version', () => {
    const [{ json }] = cases;
    const { keras_version, ...rest } = json;
    const names = (source: object) => kerasModel(source).weights.map(({ name }) => name);
    expect(keras_version).toBe('1.2.2');
    expect(names({ model_config: rest })).toEqual(names(json));
  });

  it('are written as models of Keras 3', () => {
    const { json } = cases.find((one) => one.case.startsWith('images, tf'))!;
    const model = kerasModel(json);
    const again = kerasModel(model.toJson());
    expect(again.weights.slice(0, 2).map(({ name, shape }) => [name, shape])).toEqual([
      ['convolution2d_1/kernel', [3, 2, 3, 4]],
      ['convolution2d_1/bias', [4]],
    ]);
    expect(again.layers.map(({ outputShape }) => outputShape)).toEqual(
      model.layers.map(({ outputShape }) => outputShape),
    );
    expect(again.notes).toEqual([]);
  });

  it('take a hook for a class of theirs', () => {
    const { json } = cases.find((one) => one.case.startsWith('merged'))!;
    const model = kerasModel(json, {
      customLayers: { Flatten: (_, [[batch]]) => ({ outputShape: [batch, 9] }) },
    });
    expect(model.weights.find(({ name }) => name === 'dense_2_W')?.shape).toEqual([9, 4]);
  });
});
