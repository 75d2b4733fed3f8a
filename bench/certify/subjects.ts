import { BROKEN } from './broken';
import { BROKEN_DISCRETE, DISCRETE } from './discrete';
import { BROKEN_SAMPLED } from './broken_sampled';
import { GENUINE } from './genuine';
import type { Subject } from './subject';

export const SUBJECTS: readonly Subject[] = [
  ...GENUINE,
  ...DISCRETE,
  ...BROKEN,
  ...BROKEN_SAMPLED,
  ...BROKEN_DISCRETE,
];
