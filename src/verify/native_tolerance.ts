import { type FloatDtype, SPACING } from '../core/dtype';
import type { Draw } from '../distributions/draw';

/** How many standard deviations math 'native' may be away from the exact value. */
const SLACK = 2e-3;

/**
 * Whether math 'native' may give `got` where the exact value is `want`. If a candidate for a
 * truncated normal is that close to a bound, one of the two may have accepted it and the other
 * drawn again, so any value is right.
 */
export function nativeAgrees(draw: Draw, dtype: FloatDtype, got: number, want: number): boolean {
  if (draw.kind !== 'normal' && draw.kind !== 'truncated_normal') return Object.is(got, want);
  const slack = SLACK * draw.stddev + SPACING[dtype] * Math.abs(want);
  if (Math.abs(got - want) <= slack) return true;
  if (draw.kind === 'normal') return false;
  const bounds = [draw.mean + draw.lower * draw.stddev, draw.mean + draw.upper * draw.stddev];
  return bounds.some((bound) => Math.abs(got - bound) <= slack || Math.abs(want - bound) <= slack);
}
