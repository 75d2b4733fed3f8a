import type { Stream } from './definition';
import { jax } from './jax';
import { torch } from './torch';

/** Every stream beside tensorseed's own, for those who have only its name. */
export const STREAMS: readonly Stream[] = [jax, torch];
