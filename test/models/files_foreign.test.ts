import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bytesToRead, describeModel, needsRules, parseModel } from '../../src/models';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('a file of another format', () => {
  // The first bytes of files that the libraries themselves wrote.
  it.each([
    ['GGUF', 'GGUF\x03\0\0\0\x7b\0\0\0', 'a GGUF file'],
    ['torch.save before 1.6', '\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.', 'a PyTorch file'],
    ['pickle', '\x80\x04\x95\x1a\0\0\0\0\0\0\0', 'a PyTorch file'],
    ['ONNX', '\x08\x07\x12\x07pytorch\x1a\x052.1', 'an ONNX model'],
    ['SavedModel', '\x08\x01\x12\x93\xae\x01\x0a', 'a TensorFlow SavedModel'],
    ['TensorFlow Lite', '\x1c\0\0\0TFL3\x14\0 \0', 'a TensorFlow Lite file'],
  ])('%s is named, whatever its size', (_, text, what) => {
    const start = `the file is ${what}, wh|the file is ${what}, `;
    expect(() => parseModel('the file', bytesOf(text))).toThrow(new RegExp(start));
    expect(() => bytesToRead('the file', bytesOf(text).subarray(0, 9), 5e12)).toThrow(new RegExp(start));
  });

  it('of torch.save since 1.6, an archive, is named', () => {
    const archive = zipSync({ 'model/data.pkl': new Uint8Array(3), 'model/version': new Uint8Array(1) });
    expect(() => describeModel(archive)).toThrow('the model is a PyTorch file, whose pickle is not read');
  });
});

describe('a graph model of TensorFlow.js', () => {
  const graph = {
    format: 'graph-model',
    modelTopology: { node: [{ name: 'x', op: 'Placeholder' }], library: {}, versions: { producer: 1 } },
    weightsManifest: [
      {
        paths: ['group1-shard1of1.bin'],
        weights: [
          { name: 'StatefulPartitionedCall/model/dense/kernel', shape: [4, 3], dtype: 'float32' },
          {
            name: 'StatefulPartitionedCall/model/dense/bias',
            shape: [3],
            dtype: 'float32',
            quantization: {},
          },
          { name: 'ConstantFolding/axis', shape: [], dtype: 'int32' },
        ],
      },
    ],
  };
  const text = JSON.stringify(graph);

  it('is told from a layers model, with or without its format', () => {
    const message =
      'the model is a graph model of TensorFlow.js, whose graph has no initializers: export the Keras';
    expect(() => describeModel(graph)).toThrow(message);
    expect(() => describeModel({ modelTopology: graph.modelTopology })).toThrow(message);
    expect(needsRules('m.json', new TextEncoder().encode(text))).toBe(true);
  });

  it('is a checkpoint of its weightsManifest where there are rules', () => {
    const rules = [{ pattern: 'ConstantFolding/*', skip: true }, 'keras'];
    const { tensors } = describeModel(text, { rules });
    expect(tensors.map(({ name, shape, initializer }) => [name, shape, initializer])).toEqual([
      ['StatefulPartitionedCall/model/dense/kernel', [4, 3], 'glorot_uniform'],
      ['StatefulPartitionedCall/model/dense/bias', [3], 'zeros'],
    ]);
    expect(() => describeModel({ ...graph, weightsManifest: [{}] }, { rules: 'keras' })).toThrow(
      '"weightsManifest" in the model must be a list of',
    );
  });
});
