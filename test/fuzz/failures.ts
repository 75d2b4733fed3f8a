import type { CommandInput } from './commands/words';
import type { FileInput } from './files/input';
import type { Packed } from './files/samples';
import type { Call, Request } from './library/call';

/**
 * Inputs that once broke a promise: they hung, crashed, wrote what they should not have, or said nothing
 * useful. They are tried at each run. What the fuzzer finds is added here.
 */
interface Failure<Input> {
  /** What went wrong. */
  readonly was: string;
  readonly input: Input;
}

const call = (verb: Call['verb'], request: Request, more: Partial<Call> = {}): Call => ({
  verb,
  requests: [request],
  shared: {},
  own: {},
  reseed: 1,
  ...more,
});
const request = (initializer: unknown, shape: unknown, options: object = {}): Request => ({
  initializer,
  shape,
  options,
});
const hostile = (name: string): { hostile: string } => ({ hostile: name });
const PLACE = { size: 64, byteOffset: 0 };

export const LIBRARY_FAILURES: readonly Failure<Call>[] = [
  {
    was: 'the steps of a matrix were listed before its size was checked',
    input: call('fill', request('orthogonal', [3e5, 3e5], { seed: 1, range: { start: 0, count: 10 } })),
  },
  {
    was: 'the steps of a matrix were listed before its size was checked, for chunks',
    input: call('chunks', request('orthogonal', [3e5, 3e5], { seed: 1 }), { own: { chunkBytes: 64 } }),
  },
  {
    was: 'all batches of a huge tensor were listed before the first',
    input: call('chunks', request('zeros', [2 ** 32 + 1, 2 ** 20])),
  },
  {
    was: "memory for a chunk of 2^53 - 1 bytes gave an error of the engine's",
    input: call('chunks', request('zeros', [2 ** 32 + 1, 2 ** 20]), {
      own: { chunkBytes: Number.MAX_SAFE_INTEGER },
    }),
  },
  {
    was: 'every key of a typed array was listed, as an option',
    input: call('fill', request('ones', [4], hostile('bytes of 1 GiB'))),
  },
  {
    was: 'every key of a typed array was listed, as a part',
    input: call('fill', request([hostile('bytes of 1 GiB')], [3], { seed: 1 })),
  },
  {
    was: 'the tensor was written before the callback was looked at',
    input: call('fill', { ...request('ones', [4]), place: PLACE }, { own: { onProgress: 5 } }),
  },
  {
    was: 'an object that only looks like a signal was taken for one that is aborted',
    input: call(
      'fill',
      { ...request('ones', [4]), place: PLACE },
      { own: { signal: hostile('a fake signal') } },
    ),
  },
  ...['a forged Key', 'a forged Key with numbers'].map((name) => ({
    was: `${name} gave other values on a GPU than on the CPU`,
    input: call('fill', request('he_normal', [4, 4], { seed: hostile(name) })),
  })),
  {
    was: 'a shape was read several times, with other sizes each time',
    input: call('fill', request('ones', hostile('sizes that change'))),
  },
  ...['a revoked object', 'a revoked array'].flatMap((name) =>
    [
      request(hostile(name), [4]),
      request('ones', hostile(name)),
      request('ones', [4], hostile(name)),
      request('ones', [4], { seed: hostile(name) }),
      request('ones', [4], { range: hostile(name) }),
      request('ones', [4], { buffer: hostile(name) }),
      request([hostile(name)], [4]),
    ].map((one) => ({
      was: `${name} gave an error of the engine's, or ended the process`,
      input: call('fill', one),
    })),
  ),
  ...['without a draw', 'of NaN', 'of an unknown kind'].map((name) => ({
    was: `an initializer ${name} gave an error of the engine's`,
    input: call('fill', request(hostile(`an initializer ${name}`), [4], { seed: 1 })),
  })),
  ...['a detached buffer', 'a fake buffer', 'shared memory'].map((name) => ({
    was: `${name} gave an error of the engine's`,
    input: call('fill', request('ones', [4], { buffer: hostile(name) })),
  })),
];

const TORCH = new TextEncoder().encode('[{"pattern":"**","initializer":"zeros","optional":true}]');
const packed = (json: unknown, rules?: Uint8Array): Packed => ({
  file: new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json)),
  beside: new Map(),
  ...(rules && { rules }),
});
const edited = (sample: string, ...edits: FileInput['edits']): FileInput => ({
  sample,
  edits,
  byteEdits: [],
});

const LONG_SHAPE = new Array<number>(60_000).fill(Number.MAX_SAFE_INTEGER);

/** Functional models nested in one another, each of which calls its child twice, with inputs of other lengths. */
function nested(levels: number): object {
  let name = 'leaf';
  let child: object = { class_name: 'ZeroPadding1D', name, config: { name, padding: 1 } };
  for (let level = 0; level < levels; level++) {
    const length = level === levels - 1 ? 5 : null;
    const input = { name: 'x', batch_shape: [null, length, 1] };
    const layers = [
      { class_name: 'InputLayer', name: 'x', config: input, inbound_nodes: [] },
      { ...child, inbound_nodes: [[['x', 0, 0, {}]], [[name, 0, 0, {}]]] },
    ];
    // A model that was called while it was made has a call more.
    const outputs = [[name, level === 0 ? 1 : 2, 0]];
    name = `model_${level}`;
    const config = { name, layers, input_layers: [['x', 0, 0]], output_layers: outputs };
    child = { class_name: 'Functional', name, config };
  }
  return child;
}

export const FILE_FAILURES: readonly Failure<FileInput | Packed>[] = [
  { was: 'the time doubled with each level of 22 nested models', input: packed(nested(22)) },
  {
    was: 'the product of 60,000 sizes took 47 s, in a header',
    input: packed({ w: { dtype: 'F32', shape: LONG_SHAPE, data_offsets: [0, 0] } }, TORCH),
  },
  {
    was: 'the product of 60,000 sizes took 47 s, in a model.json',
    input: packed({ tensors: [{ name: 'w', shape: LONG_SHAPE, initializer: 'zeros' }] }),
  },
  {
    was: 'the time grew with the square of the number of tensors',
    input: packed(
      Object.fromEntries(
        Array.from({ length: 30_000 }, (_, i) => [
          `layer.${i}.weight`,
          { dtype: 'F32', shape: [1], data_offsets: [4 * i, 4 * i + 4] },
        ]),
      ),
      TORCH,
    ),
  },
  {
    was: '50,000 unknown keys gave 3 MB of notes',
    input: packed({
      class_name: 'Sequential',
      config: {
        name: 's',
        layers: [
          {
            class_name: 'Dense',
            config: {
              units: 4,
              batch_input_shape: [null, 3],
              ...Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`unknown_${i}`, i])),
            },
          },
        ],
      },
    }),
  },
  {
    was: 'a message of 6,172 characters: a product of 10,001 sizes',
    input: edited('model.safetensors', { kind: 'repeat', at: 14_047, count: 10_001 }),
  },
  {
    was: 'notes of 20,806 characters: 300 layers with unknown keys',
    input: edited(
      'the JSON of Keras 2',
      { kind: 'widen', at: 76_078, count: 300 },
      { kind: 'repeat', at: 19_644, count: 33 },
    ),
  },
];

const OUT = '--out=@out/new.safetensors';
const init = (model: string, ...words: string[]): CommandInput => ({
  words: ['init', model, '--seed', '1', '--backend', 'cpu', OUT, ...words],
  asProcess: false,
});
const command = (...words: string[]): CommandInput => ({ words, asProcess: false });

export const COMMAND_FAILURES: readonly Failure<CommandInput>[] = [
  { was: 'waited for ever for a FIFO', input: command('inspect', '@in/fifo') },
  { was: 'waited for ever for a FIFO', input: command('join', '@in/fifo', OUT) },
  { was: 'waited for ever for a FIFO', input: init('@in/fifo') },
  { was: 'waited for ever for a FIFO', input: init('@in/model.safetensors', '--rules', '@in/fifo') },
  { was: 'waited for ever for a FIFO', input: command('join', '@in/fifo-index.json', OUT) },
  { was: 'waited for ever for a FIFO', input: init('@in/fifo-index.json', '--rules', 'torch') },
  { was: 'read for ever', input: init('@in/model.safetensors', '--rules', '@in/dev-zero') },
  { was: 'read for ever', input: command('inspect', '@in/dev-zero') },
  { was: 'listed all pieces of 2^45 elements, and began to write them', input: init('@in/huge.json') },
  { was: 'joined nothing', input: command('join', '@in/empty-index.json', OUT) },
  { was: 'a message as long as the path', input: init('9'.repeat(5000)) },
  { was: 'a message as long as the path', input: command('inspect', '9'.repeat(5000)) },
  {
    was: 'replaced a dangling link',
    input: command('init', '@in/model.json', '--seed=1', '--backend=cpu', '--out=@out/dangling.safetensors'),
  },
  {
    was: 'listed the steps of a matrix that no device holds',
    input: command(
      'sample',
      'orthogonal',
      '--shape=300000,300000',
      '--count=10',
      '--seed=1',
      '--backend=cpu',
      OUT,
    ),
  },
];
