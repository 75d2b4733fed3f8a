import { snakeCase } from '../core/letter_case';
import { bare, nearest, orAll } from '../core/nearest';
import type { Config } from './initializer';

/** What another library's name stands for: one of our classes, with options that are not its defaults. */
export interface Alias {
  readonly className: string;
  readonly config?: Config;
}

/**
 * Names of torch and TensorFlow.js that mean the same as an initializer here. Those that `nameInTfjs` gives need
 * no row.
 * @see https://docs.pytorch.org/docs/stable/nn.init.html, for names that end in _ and their older forms
 *   without it. For a matrix xavier_uniform_ is the same whichever axis has the inputs, and Keras's
 *   documentation also calls GlorotUniform so. orthogonal_ takes the first axis as rows, and dirac_ as outputs.
 * @see tfjs-layers/src/initializers.ts, INITIALIZER_IDENTIFIER_REGISTRY_SYMBOL_MAP and the names of classes
 */
export const ALIASES: Readonly<Record<string, Alias>> = {
  zeros_: { className: 'Zeros' },
  ones_: { className: 'Ones' },
  eye: { className: 'Identity' },
  eye_: { className: 'Identity' },
  dirac_: { className: 'Dirac', config: { layout: 'torch' } },
  orthogonal_: { className: 'Orthogonal', config: { layout: 'torch' } },
  xavier_uniform: { className: 'GlorotUniform' },
  xavier_uniform_: { className: 'GlorotUniform' },
  leCunUniform: { className: 'LecunUniform' },
  LeCunUniform: { className: 'LecunUniform' },
};

/**
 * Those that TensorFlow.js calls by our names in camelCase, but whose truncated normals it does not rescale: they
 * have 0.88 times the standard deviation that the scheme asks for.
 * @see tfjs-layers/src/initializers.ts, VarianceScaling.apply
 */
const NOT_RESCALED: readonly string[] = ['GlorotNormal', 'HeNormal', 'LecunNormal'];
const NOT_RESCALED_NOTE = "TensorFlow.js's has 0.88 times its stddev";

/** The name of an initializer in TensorFlow.js, such as heUniform; undefined where it means another one there. */
export function nameInTfjs(className: string): string | undefined {
  return NOT_RESCALED.includes(className) ? undefined : asFactory(className);
}

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
  sparse_: [['Sparse'], "torch's std is stddev here"],
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
/** As TensorFlow.js writes names, such as heUniform. */
const asFactory: Spelling = (name) =>
  /[a-z]/.test(name) ? `${name[0].toLowerCase()}${name.slice(1)}` : name.toLowerCase();

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
  const spelling = spellingOf(given);
  const spell: Spelling = (name) =>
    spelling === asFactory && NOT_RESCALED.includes(name) ? snakeCase(name) : spelling(name);
  const inPlace = given.endsWith('_');
  // Names that differ in nothing but the last _ are one candidate, in the form that the given name has.
  const candidates = new Map<string, string>();
  const aliases = Object.keys(ALIASES).filter((one) => spellingOf(one) === spelling);
  for (const one of [...classNames.map(spell), ...(spelling === snakeCase ? keras : []), ...aliases]) {
    if (!candidates.has(bare(one)) || one.endsWith('_') === inPlace) candidates.set(bare(one), one);
  }
  for (const one of Object.keys(SIMILAR)) {
    if (one.endsWith('_') ? inPlace : !candidates.has(bare(one))) candidates.set(bare(one), one);
  }

  const near = nearest(given, [...candidates.values()]);
  const similar = near.find((one) => Object.hasOwn(SIMILAR, one));
  if (similar === undefined) {
    const unlike = spelling === asFactory && NOT_RESCALED.some((name) => near.includes(snakeCase(name)));
    return orAll(near, all, unlike ? NOT_RESCALED_NOTE : '');
  }
  const [names, note] = SIMILAR[similar];
  return orAll(names.map(spell), all, note);
}
