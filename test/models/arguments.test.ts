import { expect, it } from 'vitest';
import { ArgumentError } from '../../src/core/errors';
import {
  bytesToRead,
  describeModel,
  filesBeside,
  initModel,
  KerasModel,
  kerasModel,
  layers,
  modelFile,
  needsRules,
  parseModel,
  Sequential,
} from '../../src/models';
import { Sampler } from '../../src/sampler';

const wrong = (value: unknown): any => value;
const utf8 = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json));
const TENSOR = { name: 'w', shape: [2, 3], initializer: 'he_normal' };
const MODEL = utf8({ tensors: [TENSOR] });
const INDEX = utf8({ weight_map: { 'fc.bias': 'm.safetensors' } });

function detached(): Uint8Array {
  const bytes = new Uint8Array(16);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}
function revoked(target: object = {}): any {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}
function nested(levels: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = {};
  for (let i = 0; i < levels; i++) value = wrap(value);
  return value;
}
const cycle: any = { tensors: [] };
cycle.tensors.push(cycle);
const throwing = (key: string): any =>
  Object.defineProperty({}, key, { enumerable: true, get: () => { throw new Error('no'); } }); // prettier-ignore
const hook = (result: unknown): any => ({
  customLayers: { Foo: () => result },
});
const FOO = { class_name: 'Foo', config: { batch_input_shape: [null, 3] } };
const dense = layers.dense(2, { inputShape: [3] });

it.each<[string, () => unknown, string]>([
  ['no options', () => parseModel('m.json', MODEL, wrong(null)), 'options must be an object, got null'],
  [
    'an unknown option',
    () => parseModel('m.json', MODEL, wrong({ rule: 1 })),
    'options has the unknown key "rule"',
  ],
  [
    'a dtype of parseModel',
    () => parseModel('m.json', MODEL, wrong({ dtype: 'f32' })),
    'dtype must be one of',
  ],
  ['a file that is no name', () => parseModel(wrong(5), MODEL), "file must be a file's name, got 5"],
  [
    'a symbol for a file',
    () => parseModel(wrong(Symbol('f')), MODEL),
    "file must be a file's name, got Symbol(f)",
  ],
  ['no bytes', () => parseModel('m.json', wrong(null)), 'bytes must be a Uint8Array, got null'],
  [
    'detached bytes',
    () => parseModel('m.json', detached()),
    'bytes must be bytes, got a buffer that is detached',
  ],
  [
    'headers in an object',
    () => parseModel('i', INDEX, {}, wrong({})),
    'headers must be a Map of bytes by the names of files, got {}',
  ],
  [
    'a header that is a text',
    () => parseModel('i', INDEX, {}, wrong(new Map([['m.safetensors', '{}']]))),
    'headers["m.safetensors"] must be a Uint8Array, got "{}"',
  ],
  [
    'a header under a symbol',
    () => parseModel('i', INDEX, {}, wrong(new Map([[Symbol('s'), 1]]))),
    'headers[Symbol(s)] must be a Uint8Array, got 1',
  ],
  [
    'bytesToRead of no size',
    () => bytesToRead('m', MODEL, wrong(null)),
    'fileBytes must be an integer in [0, 2^53), got null',
  ],
  [
    'bytesToRead of NaN',
    () => bytesToRead('m', MODEL, NaN),
    'fileBytes must be an integer in [0, 2^53), got NaN',
  ],
  [
    'bytesToRead of -1',
    () => bytesToRead('m', MODEL, -1),
    'fileBytes must be an integer in [0, 2^53), got -1',
  ],
  ['bytesToRead of a text', () => bytesToRead('m', wrong('{'), 1), 'first must be a Uint8Array, got "{"'],
  [
    'bytesToRead without a name',
    () => bytesToRead(wrong(undefined), MODEL, 1),
    "file must be a file's name, got undefined",
  ],
  ['filesBeside of null', () => filesBeside('m', wrong(null)), 'bytes must be a Uint8Array, got null'],
  ['needsRules of a number', () => needsRules('m', wrong(7)), 'bytes must be a Uint8Array, got 7'],
  [
    'a detached ArrayBuffer',
    () => describeModel(detached().buffer as ArrayBuffer),
    'the model must be bytes, got a buffer that is detached',
  ],
  ['a revoked Proxy', () => describeModel(revoked()), 'the model must be readable'],
  [
    'a revoked Proxy deep within',
    () => describeModel({ tensors: [revoked([])] }),
    'the model must be readable',
  ],
  ['a getter that throws', () => describeModel(throwing('tensors')), 'the model must be readable'],
  ['an object that contains itself', () => describeModel(cycle), 'the model is nested too deeply'],
  [
    '100,000 levels of lists',
    () => describeModel({ tensors: nested(100_000, (inner) => [inner]) } as any),
    'the model is nested too deeply',
  ],
  [
    '100,000 levels of Maps',
    () => describeModel(nested(100_000, (inner) => new Map([['a', inner]])) as any),
    'the model is nested too deeply',
  ],
  [
    '100,000 levels of Keras',
    () => kerasModel(nested(100_000, (a) => ({ class_name: 'Sequential', a })) as object),
    'nested too deeply, or contains itself',
  ],
  [
    'lists that are shared so that they have 2^60 items',
    () => describeModel({ tensors: nested(60, (inner) => [inner, inner]) } as any),
    'the model holds more than 2097152 values',
  ],
  [
    'the same for Keras',
    () => kerasModel({ a: nested(60, (inner) => [inner, inner]) }),
    'the model holds more than 2097152 values',
  ],
  [
    'a list of 2^31 holes',
    () => describeModel({ tensors: new Array(2 ** 31) } as any),
    'the model holds more than 2097152 values',
  ],
  [
    'a Map with a symbol',
    () => describeModel(new Map([[Symbol('s'), 1]]) as any),
    'the model must have texts as keys, got Symbol(s)',
  ],
  [
    'an object with the prototype of KerasModel',
    () => describeModel(Object.create(KerasModel.prototype)),
    'must hold an object with "tensors"',
  ],
  [
    'an object with the prototype of LoadedModel',
    () => describeModel(Object.create(Object.getPrototypeOf(describeModel('gpt2')))),
    'must hold an object with "tensors"',
  ],
  [
    'rules behind a revoked Proxy',
    () => describeModel('gpt2', { rules: revoked([]) }),
    'rules must be readable',
  ],
  [
    'a text that is far too long',
    () => describeModel(`{${' '.repeat(2 ** 24)}`),
    'the model must have at most 16777216 bytes, got 16777217 characters',
  ],
  [
    'rules that are far too long',
    () => describeModel({}, { rules: `[${' '.repeat(2 ** 20)}` }),
    'the rules must have at most 1048576 bytes',
  ],
  [
    'an index of headers under a symbol',
    () =>
      describeModel(
        wrong({ index: JSON.parse(new TextDecoder().decode(INDEX)), headers: new Map([[Symbol('s'), {}]]) }),
      ),
    "file must be a file's name, got Symbol(s)",
  ],
  [
    'a name of a model that is a symbol',
    () => kerasModel('{}', { what: wrong(Symbol('m')) }),
    'options.what must be a string, got Symbol(m)',
  ],
  [
    'hooks that are no object',
    () => kerasModel('{}', { customLayers: wrong(5) }),
    'options.customLayers must be an object of functions, got 5',
  ],
  [
    'hooks behind a revoked Proxy',
    () => kerasModel('{}', { customLayers: revoked() }),
    'options.customLayers must be readable',
  ],
  [
    'a hook with weights that are no list',
    () => new Sequential([FOO], hook({ weights: 5 })),
    'weights must be a list, got 5',
  ],
  [
    'a hook with a weight of null',
    () => new Sequential([FOO], hook({ weights: [null] })),
    'weights[0] of its hook must be {name, shape, initializer}, got null',
  ],
  [
    'a hook with a weight of a symbol',
    () => new Sequential([FOO], hook({ weights: [{ name: Symbol('w') }] })),
    'name of weights[0] of its hook must be a string that is not empty, got Symbol(w)',
  ],
  ['layers behind a revoked Proxy', () => new Sequential(revoked([])), 'layers must be readable'],
  [
    'a layer whose toJson returns no text',
    () => new Sequential([wrong({ toJson: () => 5 })]),
    'layers[0].toJson() must be a text, got 5',
  ],
  [
    'a layer whose toJson returns no JSON',
    () => new Sequential([wrong({ toJson: () => '{' })]),
    'layers[0] is no valid JSON',
  ],
  [
    'options of a factory behind a revoked Proxy',
    () => layers.dense(revoked()),
    'the argument of layers.dense must be readable',
  ],
  [
    'a factory with a symbol',
    () => layers.dense(wrong(Symbol('units'))),
    'units must be a positive integer, got Symbol(units)',
  ],
  [
    'an option of a factory that throws',
    () => layers.dense(throwing('units')),
    'the argument of layers.dense must be readable',
  ],
  [
    'a summary without options',
    () => new Sequential([dense]).summary(wrong(null)),
    'options must be an object, got null',
  ],
  [
    'modelFile without options',
    () => modelFile('gpt2', wrong(undefined)),
    'options must be an object, got undefined',
  ],
])('%s', (_, call, message) => {
  let thrown: unknown;
  try {
    call();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ArgumentError);
  expect((thrown as Error).message).toContain(message);
  expect((thrown as Error).message).not.toContain('\n');
  expect((thrown as Error).message.length).toBeLessThan(400);
});

it('refuses what is no list of tensors, and a sampler that is none', async () => {
  const file = modelFile({ tensors: [TENSOR] }, { seed: 1 });
  const sampler = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  const first = (chosen: unknown, options: unknown = {}) => file.chunks(wrong(chosen), wrong(options)).next();
  for (const one of [revoked(), Object.create(Sampler.prototype), null])
    await expect(first(one)).rejects.toThrow('sampler must be a Sampler, got');
  await expect(first(sampler, { tensors: 5 })).rejects.toThrow(
    'tensors must be an array of tensors of this file',
  );
  await expect(first(sampler, { tensors: [null] })).rejects.toThrow('tensors must be of this file, got null');
  const model = { tensors: [TENSOR] };
  await expect(initModel(model, { seed: 1, sampler: revoked() })).rejects.toThrow(ArgumentError);
  sampler.destroy();
});

it('reads each member of an object once', () => {
  let reads = 0;
  const source: any = {
    get tensors() {
      return reads++ === 0 ? [TENSOR] : 5;
    },
  };
  expect(describeModel(source).tensors.length).toBe(1);
  const options: any = {
    get dtype() {
      return reads++ === 1 ? 'float16' : 'nothing';
    },
  };
  expect(describeModel('gpt2', options).name).toBe('gpt2');
});

it('takes memory that threads share, and any view', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(MODEL.length));
  shared.set(MODEL);
  expect(parseModel('m.json', shared).tensors[0].name).toBe('w');
  expect(describeModel(shared.buffer as any).tensors[0].name).toBe('w');
  expect(describeModel(new DataView(MODEL.slice().buffer) as any).tensors[0].name).toBe('w');
});

it('gives a model that cannot be changed from outside', () => {
  const model: any = describeModel({ tensors: [TENSOR] });
  expect(() => {
    model.tensors = 5;
  }).toThrow(TypeError);
});
