import { BROKEN } from './broken';
import { GENUINE } from './genuine';
import type { Subject } from './subject';

export const SUBJECTS: readonly Subject[] = [...GENUINE, ...BROKEN];
