import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { initializers } from '../../../src/index';
import { describeModel, kerasModel, layers, parseModel, Sequential } from '../../../src/models';

interface Saved {
  readonly keras: string;
  readonly initializer: string;
  readonly metadata: { readonly keras_version: string };
  readonly config: Record<string, unknown>;
  /** The shape and the largest magnitude of each kernel, as this version of Keras filled it. */
  readonly kernels: Record<string, readonly [readonly number[], number]>;
}

const vectors = new URL('../../vectors/keras/einsum_fans.json', import.meta.url);
const saved = JSON.parse(readFileSync(vectors, 'utf8')) as readonly Saved[];
const encode = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json));
const archive = ({ config, metadata }: { config: unknown; metadata: unknown }): Uint8Array =>
  zipSync({ 'metadata.json': encode(metadata), 'config.json': encode(config) });

/** The bound of each kernel that Keras filled, by its name. */
function bounds(bytes: Uint8Array): Map<string, number> {
  const { tensors } = parseModel('model.keras', bytes);
  return new Map(
    tensors
      .filter(({ name }) => name.endsWith('/kernel'))
      .map(({ name, shape, initializer }) => {
        const draw = initializers.get(initializer as string).resolve(shape);
        return [name, draw.kind === 'uniform' ? draw.high : NaN];
      }),
  );
}

const titled = saved.map((one) => [`${one.keras} ${one.initializer}`, one] as const);

describe('The fans of einsum and attention kernels', () => {
  it.each(titled)('are those of Keras %s', (_, one) => {
    const found = bounds(archive(one));
    expect([...found.keys()].sort()).toEqual(Object.keys(one.kernels).sort());
    for (const [name, [, magnitude]] of Object.entries(one.kernels)) {
      expect([name, found.get(name)! / magnitude >= 0.999999]).toEqual([name, true]);
      expect([name, found.get(name)! / magnitude < 1.01]).toEqual([name, true]);
    }
  });
});

describe('The note on fans', () => {
  const [tf, ...others] = saved;
  const newest = others.at(-1)!;
  const note = (source: Uint8Array | object): readonly string[] => describeModel(source as never).notes;

  it('names the version of the file that they follow', () => {
    expect(note(archive(newest))).toEqual([
      expect.stringMatching(
        /^the fans of .* are those of Keras 3\.15 and later, as keras_version 3\.15\.1 says: mha/,
      ),
    ]);
    expect(note(archive(tf))).toEqual([
      'the fans of MultiHeadAttention, EinsumDense kernels are those of Keras before 3.15, ' +
        'as keras_version 2.15.0 says: mha, mha_2d, split and 1 more',
    ]);
    expect(note({ ...newest.config, keras_version: '4.0.0' })[0]).toContain('as keras_version 4.0.0 says');
    expect(note({ ...newest.config, keras_version: '3.0.5' })[0]).toMatch(
      /are those of Keras before 3\.15, as keras_version 3\.0\.5 says/,
    );
  });

  it('says where no version is known', () => {
    for (const { config } of [tf, newest])
      expect(note(config)[0]).toContain(', since no keras_version says otherwise: mha');
    const bytes = zipSync({ 'config.json': encode(newest.config) });
    expect(note(bytes)).toEqual(note(newest.config));
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no text', '{"keras_version": 3}'],
    ['no version', '{"keras_version": "new"}'],
    ['too long', `{"keras_version": "3.3.3"}${' '.repeat(2 ** 16)}`],
    ['a prototype', '{"__proto__": {"keras_version": "3.3.3"}}'],
  ])('does without a metadata.json that is %s', (_, text) => {
    const bytes = zipSync({
      'metadata.json': new TextEncoder().encode(text),
      'config.json': encode(newest.config),
    });
    expect(note(bytes)).toEqual(note(newest.config));
  });

  it('is there once for a Sequential, for layers whose fans differ', () => {
    const model = new Sequential([
      layers.einsumDense({ equation: '...x,xy->...y', outputShape: 8, inputShape: [6] }),
    ]);
    expect(model.notes).toEqual([]);
    model.add(layers.einsumDense({ equation: 'ab,cb->ac', outputShape: [5], kernelInitializer: 'zeros' }));
    expect(model.notes).toEqual([]);
    for (const size of [4, 3]) model.add(layers.einsumDense({ equation: 'ab,cb->ac', outputShape: [size] }));
    expect(model.notes).toEqual([
      'the fans of EinsumDense kernels are those of Keras 3.15 and later, since no keras_version says otherwise: ' +
        'einsum_dense_2, einsum_dense_3',
    ]);
    const again = kerasModel(model.toJson());
    expect(again.weights).toEqual(model.weights);
    expect(again.notes).toEqual(model.notes);
  });
});
