import { BROKEN } from './broken';
import { BROKEN_DISCRETE, DISCRETE } from './discrete';
import { GENUINE } from './genuine';
import type { Subject } from './subject';

export const SUBJECTS: readonly Subject[] = [...GENUINE, ...DISCRETE, ...BROKEN, ...BROKEN_DISCRETE];
