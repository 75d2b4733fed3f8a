import type { BitsDraw } from './bits';
import type { ConstantDraw } from './constant';
import type { EyeDraw } from './eye';
import type { NormalDraw } from './normal';
import type { OrthogonalDraw } from './orthogonal';
import type { TruncatedNormalDraw } from './truncated_normal';
import type { UniformDraw } from './uniform';

/**
 * What a backend computes: a small closed union. Initializers resolve to a draw and know no
 * backend; a backend implements exactly these and knows no initializer.
 */
export type Draw =
  | BitsDraw
  | ConstantDraw
  | EyeDraw
  | NormalDraw
  | OrthogonalDraw
  | TruncatedNormalDraw
  | UniformDraw;
