import { ArgumentError } from '../../../core/errors';
import { clip } from '../../../text/clip';
import type { JsonObject } from '../structure';
import type { Ordering } from './initializer';

/** What a file of Keras 1 says for all of its layers. */
export interface Keras1 {
  /** The second number of the version that wrote it: 2 of 1.2.2. */
  readonly minor: number;
  /** Where the channels are, as all layers say that say it; undefined where they differ, or none does. */
  readonly ordering: Ordering | undefined;
}

/** Keys that layers of Keras 1 have, and those of no later version. */
const KEYS = /"(W_regularizer|gamma_regularizer|nb_filter|dim_ordering|inner_init)": ?/;
const LATER = /"(kernel_initializer|gamma_initializer|data_format)": ?/;
/** The version that is assumed where a file does not say it, as the model_config of an .h5 file does not. */
const LATEST = 2;

/**
 * What a file of Keras 1 says for all of its layers; undefined for later versions.
 * @param version its "keras_version"
 * @throws ArgumentError for a version before 1, whose files are another format
 */
export function keras1Of(what: string, version: unknown, config: JsonObject): Keras1 | undefined {
  const numbers = typeof version === 'string' ? /^(\d+)\.(\d+)/.exec(version) : null;
  if (numbers?.[1] === '0')
    throw new ArgumentError(
      `${what} was written by Keras ${clip(version as string, 20)}, whose files are another format: ` +
        'load and save it with Keras 1.2 first',
    );
  if (typeof version === 'string' ? numbers?.[1] !== '1' : false) return undefined;
  const text = JSON.stringify(config);
  if (numbers === null && (!KEYS.test(text) || LATER.test(text))) return undefined;
  const orderings = new Set(text.match(/"dim_ordering":"t[hf]"/g));
  const [only] = orderings;
  return {
    minor: numbers === null ? LATEST : Number(numbers[2]),
    ordering: orderings.size === 1 ? (only.slice(-3, -1) as Ordering) : undefined,
  };
}
