import type { FloatDtype } from '../../core/dtype';

/** HALF in shaders/operations/logits.wgsl. */
export const HALF: Readonly<Record<FloatDtype, number>> = { float32: 0, float16: 1, bfloat16: 2 };
