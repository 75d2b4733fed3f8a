import { type Dtype, type Initializer, initializers } from '../../index';
import { quoted } from '../quoted';

export const DTYPES = ['float32', 'float16', 'bfloat16'] as const satisfies readonly Dtype[];

/** An argument of an initializer under Keras's name. It is edited as text. */
export interface Parameter {
  readonly name: string;
  readonly initial: string;
  /** The words to choose from. Without it the argument is a number. */
  readonly choices?: readonly string[];
  /** Whether the initial text is another value than the initializer's default. */
  readonly differs?: boolean;
}

/** The contents of one card: an initializer, and its arguments that can be edited. */
export interface Family {
  readonly className: string;
  readonly parameters: readonly Parameter[];
  readonly random: boolean;
  /** The module that exports its function; without it, it is one of Keras's, in `initializers`. */
  readonly module?: string;
  /** The dtypes of a card that does not follow the page's, the default first. */
  readonly dtypes?: readonly Dtype[];
}

function family(className: string, random: boolean, ...parameters: Parameter[]): Family {
  return { className, random, parameters };
}

/** A draw that Keras has no initializer for. */
function sampled(className: string, ...parameters: Parameter[]): Family {
  return { className, random: true, parameters, module: 'tensorseed/distributions' };
}

function number(name: string, initial: string): Parameter {
  return { name, initial };
}

export const FAMILIES: readonly Family[] = [
  family('GlorotUniform', true),
  family('GlorotNormal', true),
  family('HeUniform', true),
  family('HeNormal', true),
  family('LecunUniform', true),
  family('LecunNormal', true),
  family(
    'VarianceScaling',
    true,
    number('scale', '1'),
    { name: 'mode', initial: 'fan_in', choices: ['fan_in', 'fan_out', 'fan_avg', 'fan_geo_avg'] },
    {
      name: 'distribution',
      initial: 'truncated_normal',
      choices: ['truncated_normal', 'untruncated_normal', 'uniform'],
    },
  ),
  family('RandomNormal', true, number('mean', '0'), number('stddev', '0.05')),
  family('RandomUniform', true, number('minval', '-0.05'), number('maxval', '0.05')),
  family('TruncatedNormal', true, number('mean', '0'), number('stddev', '0.05')),
  family('Orthogonal', true, number('gain', '1')),
  family('Identity', false, number('gain', '1')),
  family('Constant', false, { name: 'value', initial: '0.1', differs: true }),
  family('Zeros', false),
  family('Ones', false),
  sampled('Bernoulli', number('probability', '0.5')),
  {
    ...sampled('Randint', number('low', '0'), { name: 'high', initial: '10', differs: true }),
    dtypes: ['int32', 'uint32'],
  },
  sampled('Rademacher'),
  sampled('Exponential', number('scale', '1')),
  sampled('Laplace', number('loc', '0'), number('scale', '1')),
  sampled('Logistic', number('loc', '0'), number('scale', '1')),
  sampled('Gumbel', number('loc', '0'), number('scale', '1')),
  sampled('Lognormal', number('mean', '0'), number('stddev', '1')),
  { ...sampled('Poisson', number('rate', '1')), dtypes: ['int32', 'uint32', 'float32'] },
];

/** The arguments of an initializer as text, under their names in its configuration. */
export type Arguments = Readonly<Record<string, string>>;

/**
 * The initializer that the texts describe. Those beyond Keras's have to be loaded, as the page's machine does.
 * @throws ArgumentError in one line, where an argument or the seed cannot be right
 */
export function make(
  { className, parameters, random }: Family,
  values: Arguments,
  seed: string,
): Initializer {
  const config: Record<string, number | string> = {};
  for (const { name, choices } of parameters)
    config[name] = choices === undefined ? toNumber(values[name]) : values[name];
  if (random) config.seed = toSeed(seed);
  return initializers.get({ class_name: className, config })!;
}

/**
 * The number that a text stands for. An empty text is no number, and the initializer says what would be
 * right.
 */
function toNumber(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

/** A seed as Keras's configurations hold it: a number, or a text where JSON's numbers do not suffice. */
function toSeed(text: string): number | string {
  const trimmed = text.trim();
  const number = trimmed === '' ? NaN : Number(trimmed);
  return Number.isSafeInteger(number) || !/^\d+$/.test(trimmed) ? number : trimmed;
}

/** @throws Error in one line */
export function toShape(text: string): number[] {
  const inner = text
    .trim()
    .replace(/^[[(]/, '')
    .replace(/[\])]$/, '')
    .replace(/,\s*$/, '');
  const sizes =
    inner === '' ? [] : inner.split(/[\s,x×]+/).map((size) => (/^\d+$/.test(size) ? Number(size) : NaN));
  if (sizes.some((size) => !Number.isSafeInteger(size)))
    throw new Error(`shape must be whole numbers such as 256, 256, got ${quoted(text)}`);
  return sizes;
}

/** @throws Error in one line */
export function toDtype(text: string, dtypes: readonly Dtype[] = DTYPES): Dtype {
  const dtype = dtypes.find((one) => one === text);
  if (dtype === undefined) throw new Error(`dtype must be one of ${dtypes.join(', ')}, got ${quoted(text)}`);
  return dtype;
}

/** The TypeScript that makes the tensor. */
export function codeOf(
  family: Family,
  values: Arguments,
  seed: string,
  shape: readonly number[],
  dtype: string,
): string {
  const options = family.parameters
    .filter(({ name, initial, differs }) => values[name] !== initial || differs)
    .map(
      ({ name, choices }) => `${name}: ${choices === undefined ? Number(values[name]) : `'${values[name]}'`}`,
    );
  if (family.random) {
    const kept = toSeed(seed);
    options.push(`seed: ${typeof kept === 'string' ? `${kept}n` : kept}`);
  }
  const name = family.className[0].toLowerCase() + family.className.slice(1);
  const argument = options.length === 0 ? '' : `{ ${options.join(', ')} }`;
  const third = dtype === (family.dtypes ?? DTYPES)[0] ? '' : `, { dtype: '${dtype}' }`;
  const [imports, call] =
    family.module === undefined
      ? [["import { initializers, Sampler } from 'tensorseed';"], `initializers.${name}`]
      : [["import { Sampler } from 'tensorseed';", `import { ${name} } from '${family.module}';`], name];
  return [
    ...imports,
    '',
    'const sampler = await Sampler.create();',
    'const tensor = await sampler.fill(',
    `  ${call}(${argument}), [${shape.join(', ')}]${third},`,
    ');',
  ].join('\n');
}
