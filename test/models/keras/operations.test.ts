import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kerasModel } from '../../../src/models/keras';

interface Case {
  readonly case: string;
  readonly json: object;
  readonly shapes: Readonly<Record<string, unknown[]>>;
  readonly weights: unknown[];
}

// What tf.keras 2.15 says about models of functions of TensorFlow: see operations.py.
const cases: Case[] = JSON.parse(
  readFileSync(new URL('../../vectors/tensorflow/operations.json', import.meta.url), 'utf8'),
);

describe('functions of TensorFlow', () => {
  it.each(cases)('have the shapes of tf.keras: $case', ({ json, shapes, weights }) => {
    const model = kerasModel(json);
    const ours = Object.fromEntries(
      model.layers.map(({ name, outputShapes }) => [name, outputShapes.map((shape) => shape ?? null)]),
    );
    expect(ours).toEqual(shapes);
    expect(model.weights.map(({ name, shape }) => [name, shape])).toEqual(weights);
    expect(model.notes).toEqual([]);
  });

  it('have an unknown shape where there is no rule, which only a weight may not depend on', () => {
    const call = (class_name: string, name: string, config: object, inbound_nodes: unknown[]) => ({
      class_name,
      name,
      config: { name, ...config },
      inbound_nodes,
    });
    const model = (last: object) => ({
      class_name: 'Functional',
      keras_version: '2.15.0',
      config: {
        name: 'm',
        layers: [
          call('InputLayer', 'x', { batch_input_shape: [null, 4] }, []),
          call('TFOpLambda', 'f', { function: 'math.segment_sum' }, [['x', 0, 0, { segment_ids: [0, 1] }]]),
          last,
        ],
        input_layers: [['x', 0, 0]],
        output_layers: [['y', 0, 0]],
      },
    });
    expect(kerasModel(model(call('ReLU', 'y', {}, [['f', 0, 0, {}]]))).layers[1].outputShape).toBeUndefined();
    expect(() => kerasModel(model(call('Dense', 'y', { units: 2 }, [['f', 0, 0, {}]])))).toThrow(
      'its weights depend on the output of "f", the function "math.segment_sum", whose shape is not known',
    );
  });
});
