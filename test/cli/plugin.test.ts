import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type CustomLayer, modelFile } from '../../src/models';
import { Sampler } from '../../src/index';
import { kerasTensorflow } from '../../src/streams/keras/tensorflow';
import { workspace } from './tensorseed';

const work = workspace();

const layer = (class_name: string, config: object, registered_name: string | null = null): object => ({
  module: registered_name === null ? 'keras.layers' : null,
  class_name,
  config,
  registered_name,
});

/** A model of Keras 3 on 800 features, whose weights are enough for several threads. */
function model(...inner: object[]): Record<string, unknown> {
  const input = layer('InputLayer', { batch_shape: [null, 800], name: 'x' });
  const dense = layer('Dense', {
    name: 'dense',
    units: 800,
    kernel_initializer: { class_name: 'HeNormal', config: { seed: 3 } },
  });
  return { module: 'keras', ...layer('Sequential', { name: 'net', layers: [input, ...inner, dense] }) };
}

const scale = layer('Scale', { name: 'scale', depth: 4 }, 'Mine>Scale');
const swish = layer('Swish', { name: 'swish', beta: 1 }, 'Mine>Swish');
const PLUGIN = `
export const customLayers = {
  Scale: ({ depth }, [input]) => ({
    weights: [{ name: 'factor', shape: [input.at(-1), 900], initializer: { class_name: 'Fixup', config: { depth } } }],
    outputShape: input,
  }),
};
export const customInitializers = {
  Fixup: ({ depth }) => ({ class_name: 'RandomNormal', config: { stddev: 1 / Math.sqrt(depth) } }),
};
`;

/** Runs init on model.json. */
function init(json: object, ...words: string[]): { code: number | null; stderr: string } {
  work.write('model.json', JSON.stringify(json));
  return work.run(
    'init',
    'model.json',
    '--seed',
    '42',
    '--backend',
    'cpu',
    '--out',
    'out.safetensors',
    ...words,
  );
}

/** The library's file of the same model. */
async function libraryFile(json: object, options: object): Promise<Buffer> {
  const file = modelFile(json as never, { seed: 42, ...options });
  const sampler = await Sampler.create({ backend: 'cpu' });
  const parts: Uint8Array[] = [file.header];
  for await (const { bytes } of file.chunks(sampler)) parts.push(bytes.slice());
  sampler.destroy();
  return Buffer.concat(parts);
}

const Scale: CustomLayer = (_, [input]) => ({
  weights: [
    {
      name: 'factor',
      shape: [input.at(-1)!, 900],
      initializer: { class_name: 'RandomNormal', config: { stddev: 0.5 } },
    },
  ],
});

describe('init --plugin', () => {
  it('fills layers and initializers of its own on several threads, as the library does', async () => {
    work.write('plugin.mjs', PLUGIN);
    const { code, stderr } = init(model(scale), '--plugin', 'plugin.mjs', '--verify');
    expect([code, stderr.includes('Error')]).toEqual([0, false]);
    const wanted = await libraryFile(model(scale), { customLayers: { Scale } });
    expect(work.read('out.safetensors').equals(wanted)).toBe(true);
  });

  it('computes values of a slow stream on threads', () => {
    work.write('plugin.mjs', PLUGIN);
    const words = ['--plugin', 'plugin.mjs', '--stream', 'keras/tensorflow', '--verify'];
    expect(init(model(scale), ...words).code).toBe(0);
  });

  it('may be given several times, beside --custom-layer', () => {
    work.write('layers.mjs', 'export const customLayers = { Scale: () => ({}) };');
    work.write('rest.mjs', 'export const customLayers = { Other: () => ({}) };');
    const words = ['--plugin', 'layers.mjs', '--plugin=./rest.mjs', '--custom-layer', 'Mine>Swish'];
    expect(init(model(scale, swish), ...words).code).toBe(0);
  });

  it.each<[title: string, source: string, message: string | RegExp]>([
    ['does not parse', 'export const = 1', /cannot be loaded: Unexpected token/],
    ['throws', 'throw new Error("no\\nway")', 'cannot be loaded: no way'],
    ['misses an import', 'import "./nothing.mjs"', /cannot be loaded: Cannot find module/],
    ['waits for ever', 'await new Promise(() => {})', 'cannot be loaded: it awaits what never comes'],
    ['exports nothing', '', 'exports nothing; a plugin exports customLayers or customInitializers, or both'],
    ['exports by default', 'export default {}', 'has the unknown export "default"; a plugin exports'],
    ['exports more', `${PLUGIN}export const rules = [];`, 'has the unknown export "rules"; a plugin exports'],
    [
      'exports a Map',
      'export const customLayers = new Map()',
      'must be an object of functions, got [object Map]',
    ],
    ['exports null', 'export const customLayers = null', 'must be an object of functions, got null'],
    [
      'has no function',
      'export const customLayers = { Scale: 1 }',
      'customLayers["Scale"] of --plugin p.mjs must be a function, got 1',
    ],
    [
      'has a layer that throws',
      'export const customLayers = { Scale() { throw new Error("x") } }',
      'customLayers["Scale"] of --plugin p.mjs throws: x',
    ],
    [
      'has an async layer',
      'export const customLayers = { async Scale() {} }',
      'what customLayers["Scale"] of --plugin p.mjs returns must be an object, got [object Promise]',
    ],
    [
      'misspells weights',
      'export const customLayers = { Scale: () => ({ weight: [] }) }',
      'has the unknown key "weight"; did you mean weights?',
    ],
  ])('is an error of one line where it %s', (_, source, message) => {
    work.write('p.mjs', source);
    const { code, stderr } = init(model(scale), '--plugin', 'p.mjs');
    expect([code, work.files()]).toEqual([2, ['model.json', 'p.mjs']]);
    expect(stderr).toMatch(/^tensorseed: [^\n]+\n$/);
    if (typeof message === 'string') expect(stderr).toContain(message);
    else expect(stderr).toMatch(message);
  });

  it('is an error where it is missing or no file', () => {
    mkdirSync(join(work.folder, 'folder.mjs'));
    expect(init(model(scale), '--plugin', 'gone.mjs')).toMatchObject({
      code: 2,
      stderr: 'tensorseed: cannot read --plugin gone.mjs: no such file or directory\n',
    });
    expect(init(model(scale), '--plugin', 'folder.mjs')).toMatchObject({ code: 2 });
    work.write('a.mjs', PLUGIN);
    expect(init(model(scale), '--plugin', 'a.mjs', '--custom-layer', 'Scale')).toMatchObject({
      code: 2,
      stderr: 'tensorseed: customLayers["Scale"] of --plugin a.mjs is given twice: by another option, too\n',
    });
  });
});

describe('init --custom-layer', () => {
  const tfKeras = (class_name: string): object => ({
    class_name: 'Sequential',
    config: {
      name: 'net',
      layers: [
        { class_name, config: { name: 'swish', batch_input_shape: [null, 3] } },
        { class_name: 'Dense', config: { name: 'dense', units: 4 } },
      ],
    },
    keras_version: '2.15.0',
  });

  it.each([
    ['its class', model(swish), 'Swish'],
    ['its registered name', model(swish), 'Mine>Swish'],
    ['the class that tf.keras registered', tfKeras('Mine>Swish'), 'Swish'],
    ['the name that tf.keras registered', tfKeras('Mine>Swish'), 'Mine>Swish'],
  ])('names a layer by %s', (_, json, name) => {
    const { code, stderr } = init(json, '--custom-layer', name);
    expect([code, stderr.includes('no such layer')]).toEqual([0, false]);
  });

  it('lets the code of a Lambda keep the shape of its input, as the error says', () => {
    const json = tfKeras('Lambda');
    expect(init(json)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'whose shape is not known: give --custom-layer Lambda if it has no weights',
      ),
    });
    expect(init(json, '--custom-layer', 'Lambda').code).toBe(0);
  });

  it('reads .keras files, and says where no layer has the name', () => {
    const config = new TextEncoder().encode(JSON.stringify(model(swish)));
    work.write('model.keras', zipSync({ 'config.json': config }));
    const words = [
      '--custom-layer',
      'Swish',
      '--custom-layer',
      'Swosh',
      '--seed',
      '1',
      '--out',
      'o.safetensors',
    ];
    const { code, stderr } = work.run('init', 'model.keras', ...words);
    expect([code, stderr.includes('--custom-layer Swosh: the model has no such layer\n')]).toEqual([0, true]);
  });

  it.each([
    [
      swish,
      'of class "Mine>Swish", which is unknown or custom: give --custom-layer "Mine>Swish" if it has no weights, or --plugin FILE.mjs whose customLayers describe it\n',
    ],
    [
      layer('Swish', { name: 's' }),
      'of class "Swish", which is unknown or custom: give --custom-layer Swish if it has no weights, or --plugin FILE.mjs whose customLayers describe it',
    ],
    [layer('a`$(b)`', { name: 's' }), ': give --custom-layer NAME if it has no weights, or --plugin'],
    [
      layer('Dense', { name: 's', units: 1, kernel_initializer: { class_name: 'Fixup', config: {} } }),
      '; give --plugin FILE.mjs whose customInitializers describe it',
    ],
  ])('is advised where a layer is unknown: %#', (unknown, advice) => {
    const { code, stderr } = init(model(unknown));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^tensorseed: [^\n]+\n$/);
    expect(stderr).toContain(advice);
    expect(stderr).not.toContain('options.');
  });

  it.each([
    [['Dense'], /^tensorseed: --custom-layer Dense: that is a layer of Keras's/],
    [['Swish', 'Swish'], /^tensorseed: --custom-layer Swish is given twice\n/],
    [[''], /^tensorseed: --custom-layer needs the name of a class, got ""/],
  ])('is refused for %j', (names, message) => {
    const { code, stderr } = init(model(swish), ...names.flatMap((name) => ['--custom-layer', name]));
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('init --config-seeds', () => {
  it.each([
    ['JSON', 'model.json'],
    ['.keras file', 'model.keras'],
  ])('and the streams of Keras heed the seeds of a %s of tf.keras without --seed', async (_, name) => {
    const vectors = new URL('../vectors/keras/seeded-keras2.json', import.meta.url);
    const { model: json, archive } = JSON.parse(readFileSync(vectors, 'utf8'));
    const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
    const files = { 'config.json': encode(archive.config), 'metadata.json': encode(archive.metadata) };
    work.write(name, name.endsWith('.json') ? encode(json) : zipSync(files));
    const words = ['init', name, '--backend', 'cpu', '--out'];
    expect(work.run(...words, 'own.safetensors', '--config-seeds').code).toBe(0);
    expect(work.run(...words, 'keras.safetensors', '--stream', 'keras/tensorflow').code).toBe(0);
    const seeded = { seed: undefined, seeds: 'configured' };
    const ofKeras = { seed: undefined, stream: kerasTensorflow };
    expect(work.read('own.safetensors').equals(await libraryFile(json, seeded))).toBe(true);
    expect(work.read('keras.safetensors').equals(await libraryFile(json, ofKeras))).toBe(true);
  });

  it('fills, verifies and joins what the library makes', async () => {
    work.write('model.json', JSON.stringify(model()));
    const words = ['init', 'model.json', '--config-seeds', '--backend', 'cpu'];
    const { code, stderr } = work.run(...words, '--verify', '--out', 'a.safetensors');
    expect([code, stderr.includes('not heeded')]).toEqual([0, false]);
    const wanted = await libraryFile(model(), { seeds: 'configured' });
    expect(work.read('a.safetensors').equals(wanted)).toBe(true);
    for (const shard of ['1/2', '2/2'])
      expect(work.run(...words, '--shard', shard, '--out', 'b.safetensors').code).toBe(0);
    expect(work.run('join', 'b.safetensors.index.json', '--out', 'c.safetensors').code).toBe(0);
    expect(work.read('c.safetensors').equals(wanted)).toBe(true);
  });

  it('makes parts that are not joined with those without it', () => {
    work.write('model.json', JSON.stringify(model()));
    const words = ['init', 'model.json', '--seed', '42', '--backend', 'cpu', '--out', 'b.safetensors'];
    expect(work.run(...words, '--config-seeds', '--shard', '1/2').code).toBe(0);
    expect(work.run(...words, '--shard', '2/2').code).toBe(0);
    expect(work.run('join', 'b.safetensors.index.json', '--out', 'c.safetensors').code).not.toBe(0);
  });

  it('is named by the note, and refused in the stream of another framework', () => {
    expect(init(model()).stderr).toContain('give every stream: dense/kernel; --config-seeds heeds them\n');
    expect(init(model(), '--force', '--config-seeds', '--stream', 'jax')).toMatchObject({
      code: 2,
      stderr:
        'tensorseed: --config-seeds is for tensorseed\'s own stream and those of Keras, got the stream "jax"\n',
    });
  });
});
