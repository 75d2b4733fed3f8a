import { describe, expect, it } from 'vitest';
import { describeModel, kerasModel, type LoadedModel, modelFile, parseModel } from '../../src/models';

type Json = Record<string, any>;

/** A model of this many tensors, two for each of its blocks. */
function description(tensors: number): Json {
  const blocks = Array.from({ length: tensors / 2 }, (_, i) => [
    { name: `model.layers.${i}.mlp.fc.weight`, shape: [4, 3], initializer: 'he_normal' },
    { name: `model.layers.${i}.mlp.fc.bias`, shape: [4], initializer: 'zeros' },
  ]);
  return { tensors: blocks.flat() };
}

/** The header of a model with so many tensors under the names that attention has in PyTorch. */
function attentions(tensors: number): Json {
  const shapes = {
    in_proj_weight: [6, 2],
    in_proj_bias: [6],
    'out_proj.weight': [2, 2],
    'out_proj.bias': [2],
  };
  let at = 0;
  return Object.fromEntries(
    Array.from({ length: tensors / 4 }, (_, i) =>
      Object.entries(shapes).map(([name, shape]) => {
        const begin = at;
        at += 4 * shape.reduce((a, b) => a * b, 1);
        return [`layers.${i}.self_attn.${name}`, { dtype: 'F32', shape, data_offsets: [begin, at] }];
      }),
    ).flat(),
  );
}

function denses(tensors: number): Json {
  const layers = Array.from({ length: tensors / 2 }, (_, i) => ({
    class_name: 'Dense',
    config: { name: `dense_${i}`, units: 4, ...(i === 0 && { batch_input_shape: [null, 4] }) },
  }));
  return { class_name: 'Sequential', config: { name: 's', layers } };
}

const seconds = (work: () => unknown): number => {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
};

describe('100,000 tensors take seconds, and ten times as long as 10,000', { timeout: 300_000 }, () => {
  it.each<[string, (tensors: number) => LoadedModel]>([
    ['a description', (n) => describeModel(JSON.stringify(description(n)))],
    ['a header with rules', (n) => describeModel(JSON.stringify(attentions(n)), { rules: 'torch' })],
    ['a Keras model', (n) => describeModel(JSON.stringify(denses(n)))],
  ])('%s', (_, describe) => {
    describe(1000);
    const small = seconds(() => modelFile(describe(10_000), { seed: 1 }));
    let file: ReturnType<typeof modelFile> | undefined;
    const large = seconds(() => (file = modelFile(describe(100_000), { seed: 1 })));
    expect(file!.tensors.length).toBe(100_000);
    // What is quadratic takes a hundred times as long.
    expect(large).toBeLessThan(40 * small + 1);
    expect(large).toBeLessThan(60);
  });

  it('the header that the file has is read again', () => {
    const { header } = modelFile(describeModel(description(100_000) as any), { seed: 1 });
    let read: LoadedModel | undefined;
    const rules = [{ pattern: '**', initializer: 'zeros' }];
    expect(seconds(() => (read = parseModel('m.safetensors', header, { rules })))).toBeLessThan(30);
    expect(read!.tensors.length).toBe(100_000);
  });
});

describe('notes', () => {
  it('are ten at most, and one that counts the rest', () => {
    const keys = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`key_${i}`, 0]));
    const layer = {
      class_name: 'Dense',
      config: { name: 'd', units: 2, batch_input_shape: [null, 3], ...keys },
    };
    const { notes } = kerasModel({ class_name: 'Sequential', config: { layers: [layer] } });
    expect(notes.length).toBe(11);
    expect(notes[9]).toBe('layer "d" (Dense): "key_9" is not known and has no effect');
    expect(notes[10]).toBe('49,990 more that are like these');
  });

  it('are short, whatever the names are', () => {
    const long = 'k'.repeat(100_000);
    const header = Object.fromEntries(
      [0, 1, 2, 3].map((i) => [long + i, { dtype: 'F32', shape: [0], data_offsets: [0, 0] }]),
    );
    const { notes } = describeModel(header, { rules: [{ pattern: '**', skip: true }] });
    expect(notes.length).toBe(1);
    expect(notes[0].length).toBeLessThan(400);
    expect(notes[0]).toMatch(/^left out by the rules: k+\.\.\., k+\.\.\., k+\.\.\. and 1 more$/);
  });
});

describe('patterns', () => {
  const header = (names: string[]): Json =>
    Object.fromEntries(names.map((name) => [name, { dtype: 'F32', shape: [0, 1], data_offsets: [0, 0] }]));

  it('that take long are refused', { timeout: 120_000 }, () => {
    const refused =
      'matching the names takes more than 20000000 steps: give fewer rules, or patterns with fewer stars';
    const pattern = `*${'a'.repeat(1000)}b*`;
    const rules = [{ pattern, initializer: 'zeros' }];
    const names = Array.from({ length: 100 }, (_, i) => `${'a'.repeat(4000)}${i}`);
    expect(() => describeModel(header(names), { rules })).toThrow(refused);
    const many = Array.from({ length: 10_000 }, (_, i) => ({ pattern: `*.x${i}`, initializer: 'zeros' }));
    const tensors = Array.from({ length: 20_000 }, (_, i) => `a.y${i}`);
    expect(() => describeModel(header(tensors), { rules: many })).toThrow(refused);
  });

  it('of the published tables take linear time', () => {
    const name = `${'embed'.repeat(100_000)}x.weight`;
    expect(seconds(() => describeModel(header([name]), { rules: 'torch' }))).toBeLessThan(10);
  });
});
