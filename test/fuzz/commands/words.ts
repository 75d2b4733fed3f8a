import fc, { type Arbitrary } from 'fast-check';
import { record } from '../record';
import { initializers } from '../../../src/index';
import { PRESETS } from '../../../src/models';
import { type FileInput, fileInput } from '../files/input';
import { INPUTS, OUTPUTS } from './world';

/** A command line, in which @ stands for the folder of its files, and a file of its own. */
export interface CommandInput {
  readonly words: readonly string[];
  /** What the input @in/mutated holds. */
  readonly mutated?: FileInput;
  /** Whether a process of its own runs it. */
  readonly asProcess: boolean;
}

type Words = Arbitrary<string[]>;

const word = (...words: string[]): Arbitrary<string> => fc.constantFrom(...words);
/** The first list is right, the second one is not, mostly. */
const mostly = (right: Arbitrary<string>, wrong: Arbitrary<string>): Arbitrary<string> =>
  fc.oneof({ weight: 5, arbitrary: right }, { weight: 1, arbitrary: wrong });

const oddText = fc.oneof(
  word('', ' ', '-', '--', '0x10', '1e3', '+4', '-1', '-0', '0.5', '007', 'NaN', '__proto__', '\u0000'),
  word('9007199254740991', '9007199254740992', '18446744073709551616', '9'.repeat(5000)),
  word('1,'.repeat(3000), 'a\nb\u001b[31m', '\ud800', 'x'.repeat(3000), '/', '.', '..', '@', '@in', '@out'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** None that is the size of a tensor which stdout would take for years. */
const oddShape = oddText.filter((text) => !/^\d{6,16}$/.test(text));

const input = word(...INPUTS.map((name) => `@in/${name}`));
const output = mostly(word('@out/new.safetensors', ...OUTPUTS.map((name) => `@out/${name}`)), oddText);

/** An option with its value, in one word or two; nothing one time in `freq`. */
const option = (name: string, value: Arbitrary<string>, freq = 5): Words =>
  fc
    .option(fc.tuple(value, fc.boolean()), { freq, nil: undefined })
    .map((found) =>
      found === undefined ? [] : found[1] ? [`--${name}=${found[0]}`] : [`--${name}`, found[0]],
    );
const flag = (...names: string[]): Words => fc.subarray(names.map((name) => `--${name}`));

const seed = mostly(word('0', '42', '18446744073709551615'), oddText);
// Never left out, because 'auto' would open a GPU.
const backend = fc.oneof(
  { weight: 20, arbitrary: fc.constant<string[]>(['--backend', 'cpu']) },
  { weight: 1, arbitrary: oddText.map((text) => [`--backend=${text}`]) },
);
const dtype = option('dtype', mostly(word('float32', 'float16', 'bfloat16', 'uint32'), oddText), 2);
const math = option('math', mostly(word('exact', 'native'), oddText), 1);

const config = mostly(
  word('{}', '{"stddev":0.5}', '{"seed":3}', '{"value":2}', '{"gain":-1}', '{"mean":1e400}'),
  fc.oneof(oddText, word('[]', 'null', '{"a":1,"a":2}', '{"stddev":{"a":[[[[1]]]]}}', '{"__proto__":{}}')),
);

const sample: Words = join(
  word('sample').map((one) => [one]),
  mostly(word(...initializers.IDENTIFIERS), oddText).map((one) => [one]),
  option('shape', mostly(word('4,5', '', '0', '7', '3,3,2,2', '1,1,1,1,1,1,1,1,1,64'), oddShape), 20),
  option('seed', seed),
  option('config', config, 1),
  option('name', mostly(word('w', 'a/b', '', 'é'), oddText), 1),
  dtype,
  backend,
  math,
  option('start', mostly(word('0', '1', '3'), oddText), 1),
  option('count', mostly(word('0', '1', '3'), oddText), 1),
  option('out', fc.oneof({ weight: 5, arbitrary: output }, { weight: 1, arbitrary: word('-') }), 20),
);
/** A range of a tensor that no disk holds. Nothing else may change here, or it would be computed whole. */
const huge: Words = fc
  .tuple(
    word('ones', 'he_normal', 'bits', 'identity', 'orthogonal'),
    word('9007199254740991', '3000000,3000000', '4294967296,1048576', '65536,65536,65536'),
    word('0', '1', '4294967295', '8999999999999'),
    word('0', '5', '700'),
    output,
  )
  .map(([initializer, shape, start, count, out]) =>
    ['sample', initializer, '--seed', '1', '--backend', 'cpu'].concat([
      '--shape',
      shape,
      '--start',
      start,
      '--count',
      count,
      `--out=${out}`,
    ]),
  );

const init: Words = join(
  word('init').map((one) => [one]),
  mostly(input, fc.oneof(oddText, word('gpt-2', ...PRESETS.map((name) => `${name}x`)))).map((one) => [one]),
  option('seed', seed, 20),
  dtype,
  backend,
  math,
  option('rules', mostly(fc.oneof(input, word('torch', 'gpt2')), oddText), 2),
  option(
    'shard',
    mostly(word('1/1', '1/2', '2/2', '3/4', '1/99999'), fc.oneof(oddText, word('0/2', 'auto'))),
    1,
  ),
  option('out', output, 20),
  flag('force'),
);

const joined: Words = join(
  word('join').map((one) => [one]),
  mostly(input, oddText).map((one) => [one]),
  option('out', output, 20),
  flag('force'),
);

const inspect: Words = join(
  word('inspect').map((one) => [one]),
  mostly(input, oddText).map((one) => [one]),
  flag('json'),
);

const others: Words = fc.oneof(
  fc.array(oddText, { maxLength: 3 }),
  word('--help', '-h', '--version', 'samples', 'help').map((one) => [one]),
  word('sample', 'init', 'join', 'inspect', 'devices', 'verify').map((one) => [one, '--help']),
  word('devices', 'verify').map((one) => [one, '--no-such-option']),
);

/** A word left out, given twice or put in. */
const mangled = (words: Words): Words =>
  fc
    .tuple(
      words,
      fc.oneof(
        { weight: 8, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.tuple(fc.nat(30), fc.constantFrom('out', 'twice', 'in'), oddText) },
      ),
    )
    .map(([words, change]) => {
      if (change === undefined) return words;
      const [at, kind, text] = change;
      const index = at % (words.length + 1);
      // Without its value, or without itself, an option for the backend would be another one.
      if (kind === 'out' && words.some((one) => one.startsWith('--backend'))) return words;
      const removed = kind === 'out' ? 1 : 0;
      const added = kind === 'in' ? [text] : kind === 'twice' && index < words.length ? [words[index]] : [];
      return words.toSpliced(index, removed, ...added);
    });

function join(...parts: Words[]): Words {
  return fc.tuple(...parts).map((all) => all.flat());
}

const words = fc.oneof(
  { weight: 4, arbitrary: mangled(sample) },
  { weight: 1, arbitrary: huge },
  { weight: 4, arbitrary: mangled(init) },
  { weight: 2, arbitrary: mangled(joined) },
  { weight: 2, arbitrary: mangled(inspect) },
  { weight: 1, arbitrary: others },
);

export const commandInput: Arbitrary<CommandInput> = record({
  words,
  mutated: fileInput,
  asProcess: fc.oneof(
    { weight: 80, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
}).map(({ mutated, ...rest }) =>
  rest.words.some((one) => one.includes('@in/mutated')) ? { ...rest, mutated } : rest,
);
