import { snakeCase } from '../core/letter_case';
import { bare, nearest, orAll } from '../core/nearest';
import type { Config } from './initializer';

/** What another library's name stands for: one of our classes, with options that are not its defaults. */
export interface Alias {
  readonly className: string;
  readonly config?: Config;
}

/**
 * Names of torch and TensorFlow.js that mean the same as an initializer here. The names of our factories,
 * which are those of TensorFlow.js but for LeCun's, need no row.
 * @see https://docs.pytorch.org/docs/stable/nn.init.html, for names that end in _ and their older forms
 *   without it. For a matrix xavier_uniform_ is the same whichever axis has the inputs, and Keras's
 *   documentation also calls GlorotUniform so. orthogonal_ takes the first axis as rows.
 * @see tfjs-layers/src/initializers.ts, INITIALIZER_IDENTIFIER_REGISTRY_SYMBOL_MAP and the names of classes
 */
export const ALIASES: Readonly<Record<string, Alias>> = {
  zeros_: { className: 'Zeros' },
  ones_: { className: 'Ones' },
  eye: { className: 'Identity' },
  eye_: { className: 'Identity' },
  orthogonal_: { className: 'Orthogonal', config: { layout: 'torch' } },
  xavier_uniform: { className: 'GlorotUniform' },
  xavier_uniform_: { className: 'GlorotUniform' },
  leCunNormal: { className: 'LecunNormal' },
  leCunUniform: { className: 'LecunUniform' },
  LeCunNormal: { className: 'LecunNormal' },
  LeCunUniform: { className: 'LecunUniform' },
};

/**
 * Names that mean something similar, and what differs by default. A name that ends in _ is that of torch alone.
 * @see https://docs.pytorch.org/docs/stable/nn.init.html
 * @see https://docs.jax.dev/en/latest/jax.nn.initializers.html, for delta_orthogonal
 */
const SIMILAR: Readonly<Record<string, readonly [classNames: readonly string[], note?: string]>> = {
  kaiming_uniform: [
    ['HeUniform'],
    "torch's reads the shape as [outputs, inputs, ...window], this one as [...window, inputs, outputs]",
  ],
  kaiming_normal: [
    ['HeNormal'],
    "torch's is untruncated (VarianceScaling, scale 2, untruncated_normal) and reads the shape as [outputs, inputs, ...window]",
  ],
  xavier_normal: [
    ['GlorotNormal'],
    "torch's is untruncated (VarianceScaling, mode fan_avg, untruncated_normal)",
  ],
  xavier_uniform: [['GlorotUniform']],
  trunc_normal: [
    ['TruncatedNormal'],
    "torch's has stddev 1 and bounds that are values; here stddev is 0.05 and bounds are in stddevs",
  ],
  uniform_: [['RandomUniform'], "torch's is in [0, 1), this one in [-0.05, 0.05)"],
  normal_: [['RandomNormal'], "torch's has stddev 1, this one 0.05"],
  constant_: [['Constant'], "torch's val is value here"],
  dirac: [['Identity'], "torch's fills the kernel of a convolution, this one a matrix"],
  delta_orthogonal: [['Orthogonal'], "jax's is the layout 'delta' here"],
  gaussian: [['RandomNormal']],
  he: [['HeNormal', 'HeUniform']],
  kaiming: [['HeNormal', 'HeUniform']],
  glorot: [['GlorotNormal', 'GlorotUniform']],
  xavier: [['GlorotNormal', 'GlorotUniform']],
  lecun: [['LecunNormal', 'LecunUniform']],
};

/** How words are joined in a name. */
type Spelling = (className: string) => string;

const asClass: Spelling = (name) => name;
/** The name of a factory, such as heNormal. */
export const asFactory: Spelling = (name) => `${name[0].toLowerCase()}${name.slice(1)}`;

/** The spelling that a name has: HeNormal, heNormal or he_normal. */
function spellingOf(name: string): Spelling {
  if (!/^[a-z0-9]*[A-Z]+[a-z][a-zA-Z0-9]*$/.test(name)) return snakeCase;
  return /^[A-Z]/.test(name) ? asClass : asFactory;
}

/**
 * The end of a message about an identifier that names no initializer: the nearest names, in the spelling that
 * it has, and what all names are.
 * @param classNames those of all initializers
 * @param keras Keras's other identifiers
 */
export function orInitializers(
  given: string,
  classNames: readonly string[],
  keras: readonly string[],
  all: string,
): string {
  const spell = spellingOf(given);
  const inPlace = given.endsWith('_');
  // Names that differ in nothing but the last _ are one candidate, in the form that the given name has.
  const candidates = new Map<string, string>();
  const aliases = Object.keys(ALIASES).filter((one) => spellingOf(one) === spell);
  for (const one of [...classNames.map(spell), ...(spell === snakeCase ? keras : []), ...aliases]) {
    if (!candidates.has(bare(one)) || one.endsWith('_') === inPlace) candidates.set(bare(one), one);
  }
  for (const one of Object.keys(SIMILAR)) {
    if (one.endsWith('_') ? inPlace : !candidates.has(bare(one))) candidates.set(bare(one), one);
  }

  const near = nearest(given, [...candidates.values()]);
  const similar = near.find((one) => Object.hasOwn(SIMILAR, one));
  if (similar === undefined) return orAll(near, all);
  const [names, note] = SIMILAR[similar];
  return orAll(names.map(spell), all, note);
}
