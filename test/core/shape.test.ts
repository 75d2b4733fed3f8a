import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../../src/core/errors';
import { elementCount, MAX_RANK, product } from '../../src/core/shape';
import { npyHeader } from '../../src/formats/npy';
import { parseHeader } from '../../src/formats/safetensors_header';
import { computeFans } from '../../src/initializers/fans';
import { describeModel } from '../../src/models';

const BIG = Number.MAX_SAFE_INTEGER;

describe('product', () => {
  it('is exact up to 2^53 - 1', () => {
    expect(product([])).toBe(1);
    expect(product([6361, 69431, 20394401])).toBe(BIG);
    expect(product([94906265, 94906265])).toBe(9007199136250225);
    expect(product([BIG, 1, 1])).toBe(BIG);
  });

  it('is above 2^53 - 1 for the first numbers that are', () => {
    expect(product([2 ** 52, 2])).toBeGreaterThan(BIG);
    expect(product([3, 3002399751580331])).toBeGreaterThan(BIG); // 2^53 + 1, which no double is
    expect(product(Array<number>(60_000).fill(BIG))).toBe(Number.MAX_VALUE);
  });

  it('is 0 where a size is 0, wherever it stands', () => {
    const many = Array<number>(1000).fill(BIG);
    for (const sizes of [[0], [0, ...many], [...many, 0], [...many, 0, ...many]])
      expect(product(sizes)).toBe(0);
  });
});

describe('60,000 sizes of 2^53 - 1 are refused at once, in a short line', () => {
  const sizes = Array<number>(60_000).fill(BIG);
  const fewer = sizes.slice(0, MAX_RANK);
  const header = (shape: readonly number[]) => () =>
    parseHeader(
      'x.safetensors',
      new TextEncoder().encode(`{"a":{"dtype":"F32","shape":[${shape.join()}],"data_offsets":[0,4]}}`),
      undefined,
    );
  const model = (shape: readonly number[]) => () =>
    describeModel(`{"tensors":[{"name":"a","shape":[${shape.join()}],"initializer":"ones"}]}`);
  const keras = (shape: readonly number[]) => () =>
    describeModel(
      `{"class_name":"Sequential","config":{"layers":[{"class_name":"Dense","config":{"units":1,"batch_input_shape":[${shape.join()}]}}]}}`,
    );
  it.each<[string, () => unknown, string]>([
    ['the library', () => elementCount(sizes), 'shape must have at most 32768 axes, got 60000'],
    ['the library, below the limit', () => elementCount(fewer), 'elements, more than 2^53 - 1'],
    [
      'a header',
      header(sizes),
      'shape of tensor "a" of x.safetensors must have at most 32768 axes, got 60000',
    ],
    ['a header, below the limit', header(fewer), 'tensor "a" of x.safetensors has 4 bytes, but shape [9007'],
    ['a model.json', model(sizes), 'tensor "a" of the model: shape must have at most 32768 axes, got 60000'],
    ['a model.json, below the limit', model(fewer), 'tensor "a" of the model: shape [9007199254740991,'],
    ['a Keras model', keras(sizes), 'must have at most 64 axes, got 60000'],
    ['.npy', () => npyHeader(fewer, 'float32'), 'elements, more than 2^53 - 1'],
    ['fans', () => computeFans(fewer), 'elements, more than 2^53 - 1'],
  ])('%s', (_, call, message) => {
    const began = performance.now();
    let thrown: Error | undefined;
    try {
      call();
    } catch (error) {
      thrown = error as Error;
    }
    expect(performance.now() - began).toBeLessThan(2000);
    expect(thrown).toBeInstanceOf(ArgumentError);
    expect(thrown!.message).toContain(message);
    expect(thrown!.message).not.toContain('\n');
    expect(thrown!.message.length).toBeLessThan(400);
  });

  it('but not where one of them is 0', () => {
    const empty = [...fewer.slice(1), 0];
    expect(elementCount(empty)).toBe(0);
    expect(computeFans([...empty.slice(0, -2), 0, 1])).toEqual({ fanIn: 0, fanOut: Number.MAX_VALUE });
    const json = `{"a":{"dtype":"F32","shape":[${empty.join()}],"data_offsets":[0,0]}}`;
    const { tensors } = parseHeader('x.safetensors', new TextEncoder().encode(json), undefined);
    expect(tensors[0].count).toBe(0);
  });
});
