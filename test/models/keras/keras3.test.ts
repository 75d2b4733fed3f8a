import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../support/quiet';
import { type CustomLayer, kerasModel, type KerasWeight } from '../../../src/models/keras';

type Values = number[];
type Vector = {
  title: string;
  json: Record<string, any>;
  weights: [
    name: string,
    shape: number[],
    initializer: Values | [string, Record<string, unknown>],
    trainable: boolean,
  ][];
  layers: [name: string, className: string, parameters: number, shapes: (number | null)[][] | null][];
  params: number;
};

/** Made by make_vectors.py, beside it. */
const vectors = JSON.parse(readFileSync(new URL('keras3.json', import.meta.url), 'utf8')) as {
  models: Vector[];
};

/** What make_vectors.py registers as Test>Scale. */
const scale: CustomLayer = (_, [shape]) => ({
  weights: [
    { name: 'factor', shape: [shape.at(-1)!], initializer: 'ones' },
    { name: 'offset', shape: [], initializer: 'zeros', trainable: false },
  ],
});

const read = (source: string | object, what: string) =>
  kerasModel(source, { what, customLayers: { 'Test>Scale': scale } });

/** What a weight with parts of constants holds. */
function constants({ parts }: KerasWeight): number[] {
  return parts!.flatMap(({ start, shape, initializer }, i) => {
    expect(start).toBe(parts!.slice(0, i).reduce((sum, part) => sum + part.shape[0], 0));
    const { class_name: name, config } = initializer as { class_name: string; config: { value?: number } };
    const value = { Zeros: 0, Ones: 1, Constant: config.value }[name];
    return Array<number>(shape[0]).fill(value!);
  });
}

function described(weight: KerasWeight, expected: Vector['weights'][number][2]): unknown {
  if (typeof expected[0] === 'number') return constants(weight);
  const { class_name: name, config } = weight.initializer as {
    class_name: string;
    config: Record<string, unknown>;
  };
  // Keras loses the gain of an Identity.
  return [name, name === 'Identity' ? {} : config];
}

describe.each(vectors.models)('Keras 3: $title', ({ title, json, weights, layers, params }) => {
  const model = read(JSON.stringify(json), title);

  it('has the weights of Keras: names, shapes, initializers, trainable, in order', () => {
    const own = model.weights.map((weight, i) => [
      weight.name,
      weight.shape,
      described(weight, weights[i][2]),
      weight.trainable,
    ]);
    expect(own).toEqual(weights);
    expect(model.countParams()).toBe(params);
    expect(model.notes.filter((note) => !note.startsWith('the fans of'))).toEqual([]);
  });

  it('has the layers of Keras with their output shapes', () => {
    expect(
      model.layers.map(({ name, className, parameterCount }) => [name, className, parameterCount]),
    ).toEqual(layers.map((layer) => layer.slice(0, 3)));
    for (const [i, [name, , , shapes]] of layers.entries()) {
      // Keras gives no shapes for a model that was never called, and those of a layer's first call alone.
      if (shapes)
        expect([name, model.layers[i].outputShapes.slice(0, shapes.length)]).toEqual([name, shapes]);
    }
  });

  it('writes a JSON that it reads back as the same model', () => {
    const again = read(model.toJson(), title);
    expect(again.weights).toEqual(model.weights);
    expect(again.summary(quiet)).toBe(model.summary(quiet));
    expect(again.getConfig()).toEqual(model.getConfig());
  });

  it('reads an object as its text', () => {
    expect(read(json, title).weights).toEqual(model.weights);
  });
});
