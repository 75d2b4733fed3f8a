import { KEY_KEYS } from '../key';

/** The keys of the options of a categorical choice, by which misspelt ones are refused. */
export const CATEGORICAL_KEYS = [
  ...KEY_KEYS,
  'vocabulary',
  'rows',
  'firstRow',
  'samples',
  'dtype',
  'logitsOffset',
  'temperature',
  'topK',
  'topP',
  'minP',
  'buffer',
  'byteOffset',
] as const;

/** Those of a prepared one. */
export const PREPARED_KEYS = [...CATEGORICAL_KEYS, 'keys'] as const;
