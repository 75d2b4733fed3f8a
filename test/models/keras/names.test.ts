import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Key } from '../../../src/index';
import { describeModel, initModel, kerasModel, layers, modelFile, Sequential } from '../../../src/models';

/** Made by names.py, beside them. */
const folder = new URL('../../vectors/keras/', import.meta.url);
interface Vector {
  readonly title: string;
  readonly json: Record<string, any>;
  readonly shapes: readonly (readonly number[])[];
  /** The names in the program that built the model. */
  readonly built: readonly string[];
}
interface VectorFile {
  readonly module: string;
  readonly version: string;
  readonly backend: string;
  readonly models: readonly Vector[];
}

const files = readdirSync(folder)
  .filter((name) => /^names-.*\.json$/.test(name))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as VectorFile);

/**
 * Models of which the names are not compared, by version:
 * - the JSON does not say that a Sequential was built by the model around it ("deferred");
 * - TensorFlow 1 numbers what Keras 2.2 gives one name, "rnn/kernel_1";
 * - Keras 3.3 leaves weights out of its list.
 */
const UNSAID = new Map([
  ['2.2.4', ['deferred_in_stack', 'deferred_in_graph', 'cells']],
  ['3.3.3', ['deferred_in_stack', 'stack_of_stacks', 'over_time']],
  ['3.15.1', ['deferred_in_stack']],
]);

/** Sorted, since the order in which Keras lists the weights is another matter. */
const sorted = (rows: readonly (readonly [string, readonly number[]])[]): string[] =>
  rows.map(([name, shape]) => `${name} [${shape}]`).sort();

describe.each(files)('names of $module $version', ({ version, models }) => {
  const said = models.filter(({ title }) => !UNSAID.get(version)?.includes(title));

  it.each(said)('$title: are those of Keras', ({ json, built, shapes }) => {
    const model = kerasModel({ keras_version: version, ...json });
    const names = built.map((name) => name.replace(/:0$/, ''));
    const repeated = new Set(names.filter((name, i) => names.indexOf(name) !== i));
    const unique = kerasModel({ keras_version: version, ...json }, { names: 'unique' }).weights;
    const wanted = names.map((name, i): [string, readonly number[]] => [name, shapes[i]]);
    const got = model.weights.map((weight): [string, readonly number[]] => [weight.name, weight.shape]);
    if (repeated.size === 0) expect(sorted(got)).toEqual(sorted(wanted));
    else expect(model.notes.join()).toMatch(/would have the names of others/);
    expect(new Set(got.map(([name]) => name)).size).toBe(got.length);
    expect(model.weights.map(({ name, streamName = name }) => streamName)).toEqual(
      unique.map(({ name }) => name),
    );
  });

  it.runIf(version.startsWith('3'))('are the paths of Keras 3', () => {
    for (const { json, built } of said) {
      const model = kerasModel({ keras_version: version, ...json }, { names: 'path' });
      expect(model.weights.map(({ name }) => name).sort()).toEqual([...built].sort());
    }
  });
});

const dense = (name: string, units: number, more = {}): Record<string, any> => ({
  class_name: 'Dense',
  config: { name, units, ...more },
});
const stack = (name: string, ...layers: unknown[]): Record<string, any> => ({
  class_name: 'Sequential',
  config: { name, layers },
});
const input = { batch_input_shape: [null, 3] };
const nested = {
  ...stack('outer', stack('inner', dense('Conv1', 4, input)), dense('top', 2)),
  keras_version: '2.4.0',
};
const names = (model: { weights: readonly { name: string }[] }): string[] =>
  model.weights.map(({ name }) => name);

describe('styles of names', () => {
  it('differ in nested models', () => {
    expect(names(kerasModel(nested))).toEqual(['Conv1/kernel', 'Conv1/bias', 'top/kernel', 'top/bias']);
    expect(names(kerasModel(nested, { names: 'path' }))).toEqual([
      'inner/Conv1/kernel',
      'inner/Conv1/bias',
      'outer/top/kernel',
      'outer/top/bias',
    ]);
    expect(names(kerasModel(nested, { names: 'unique' }))).toEqual([
      'inner/Conv1/kernel',
      'inner/Conv1/bias',
      'top/kernel',
      'top/bias',
    ]);
  });

  it('are those of the tree of layers for a Sequential made here, unless another is asked for', () => {
    const make = (names?: 'path') =>
      new Sequential([layers.dense({ units: 4, inputShape: [3] })], names && { names });
    expect(names(make())).toEqual(['dense/kernel', 'dense/bias']);
    expect(names(make('path'))).toEqual(['sequential/dense/kernel', 'sequential/dense/bias']);
    const grown = make('path');
    grown.add(layers.dense({ units: 1 }));
    expect(names(grown)[2]).toBe('sequential/dense_1/kernel');
    const described = describeModel(make(), { names: 'path' });
    expect(described.tensors[0]).toMatchObject({
      name: 'sequential/dense/kernel',
      streamName: 'dense/kernel',
    });
    expect(described.keras!.layers[0].weights[0].name).toBe('sequential/dense/kernel');
  });

  it('leave unique paths where Keras repeats a name, with a note', () => {
    const twice = {
      ...stack('outer', stack('a', dense('d', 3, input)), stack('b', dense('d', 3, input)), dense('e', 1)),
      keras_version: '2.4.0',
    };
    const model = kerasModel(twice);
    expect(names(model)).toEqual(['a/d/kernel', 'a/d/bias', 'b/d/kernel', 'b/d/bias', 'e/kernel', 'e/bias']);
    expect(model.notes).toEqual([
      'weights that would have the names of others and have those of all layers around them, 4: ' +
        'a/d/kernel, a/d/bias, b/d/kernel and 1 more',
    ]);
  });

  it('are refused where they are unknown, or the model is not of Keras', () => {
    expect(() => kerasModel(nested, { names: 'paths' as never })).toThrow(
      'options.names must be one of keras, path, unique, got "paths"',
    );
    expect(() => describeModel('gpt2', { names: 'keras' })).toThrow(
      'names are for Keras models, got "keras"; gpt2 names its tensors itself',
    );
    expect(() => describeModel('gpt2', { keyBy: 'path' as never })).toThrow(
      'keyBy must be one of stream, name, got "path"',
    );
  });
});

describe('streams', () => {
  const keyOf = (name: string, options: Parameters<typeof describeModel>[1]): unknown =>
    modelFile(nested, { seed: 42, ...options }).tensors.find((tensor) => tensor.name === name)!.job.key;

  it('follow from the unique path, whatever the weight is called', () => {
    for (const [style, name] of [
      ['keras', 'Conv1/kernel'],
      ['path', 'inner/Conv1/kernel'],
      ['unique', 'inner/Conv1/kernel'],
    ] as const)
      expect(keyOf(name, { names: style })).toEqual(Key.from(42).fold('inner/Conv1/kernel'));
  });

  it('follow from the name where that is asked for', () => {
    expect(keyOf('Conv1/kernel', { keyBy: 'name' })).toEqual(Key.from(42).fold('Conv1/kernel'));
    expect(Key.from(42).fold('Conv1/kernel')).not.toEqual(Key.from(42).fold('inner/Conv1/kernel'));
  });

  it('are in the configuration of an initialized model, which makes it again', async () => {
    const tensors = [{ name: 'w', streamName: 'old/w', shape: [2, 2], initializer: 'he_normal' }];
    const values = async (source: Parameters<typeof initModel>[0]): Promise<string> => {
      const model = await initModel(source, { seed: 42, backend: 'cpu' });
      expect(JSON.stringify(await model.getConfig())).toBe(JSON.stringify(source));
      const [w] = await model.getWeights();
      model.destroy();
      return String(w);
    };
    expect(await values({ tensors })).toBe(
      await values({ tensors: [{ name: 'old/w', shape: [2, 2], initializer: 'he_normal' }] }),
    );
  });

  it('are each their own', () => {
    const tensor = (name: string, streamName?: unknown) => ({
      name,
      shape: [2],
      initializer: 'ones',
      streamName,
    });
    expect(() => describeModel({ tensors: [tensor('a', 'b'), tensor('b')] })).toThrow(
      'the model has two tensors with the stream of "b": give "b" another "streamName"',
    );
    expect(() => describeModel({ tensors: [tensor('a', 7)] })).toThrow(
      'tensor "a" of the model: "streamName" must be a string that is not empty, got 7',
    );
  });
});
