import type { Draw } from '../draw';
import type { FloatDtype } from '../dtype';

/** How far math 'native' may be from the exact value, in standard deviations. */
const SLACK = 2e-3;

/** A row of the shorter side of an orthogonal may add this to how far its float32 sums are off (STREAM.md, section 8). */
const ORTHOGONAL_SLACK = 64 * 2 ** -24;

/** The distance of neighbouring numbers, relative to their size. */
const SPACING: Readonly<Record<FloatDtype, number>> = { float32: 2 ** -23, float16: 2 ** -10, bfloat16: 2 ** -7 };

/** The distance of the smallest numbers. */
const SUBNORMAL: Readonly<Record<FloatDtype, number>> = { float32: 2 ** -149, float16: 2 ** -24, bfloat16: 2 ** -133 };

/**
 * Whether an element of math 'native' may stand where the reference has `want`. Where a
 * truncated normal falls that close to a bound, one of the two may have accepted it and the
 * other drawn again, so then any value is right.
 */
export function nativeAgrees(draw: Draw, dtype: FloatDtype, got: number, want: number): boolean {
  if (draw.kind !== 'normal' && draw.kind !== 'truncatedNormal') return got === want;
  const slack = SLACK * draw.stddev + SPACING[dtype] * Math.abs(want);
  if (Math.abs(got - want) <= slack) return true;
  if (draw.kind === 'normal') return false;
  const bounds = [draw.mean + draw.lower * draw.stddev, draw.mean + draw.upper * draw.stddev];
  return bounds.some((bound) => Math.abs(got - bound) <= slack || Math.abs(want - bound) <= slack);
}

/** Whether an element of an orthogonal, which is float32 sums on a GPU and float64 on the CPU, may stand where the reference has `want`. */
export function orthogonalAgrees(draw: Extract<Draw, { kind: 'orthogonal' }>, dtype: FloatDtype, got: number, want: number): boolean {
  const slack = ORTHOGONAL_SLACK * Math.max(Math.min(draw.rows, draw.columns), 4) * Math.abs(draw.gain);
  return Math.abs(got - want) <= slack + SPACING[dtype] * Math.abs(want) + SUBNORMAL[dtype];
}
