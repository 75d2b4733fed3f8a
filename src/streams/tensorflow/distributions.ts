import type { Distribution } from '../../distributions/distribution';
import {
  orthogonal as ours,
  type OrthogonalDraw,
  type OrthogonalParameters,
  orthogonalParameters,
} from '../../distributions/orthogonal';
import type { Stream } from '../definition';
import { bits } from './bits';
import { normal, STANDARD_NORMALS } from './normal';
import { randint } from './randint';
import { truncated_normal } from './truncated_normal';
import { uniform } from './uniform';

/** Q of TensorFlow's own normals, in float32 whatever the dtype. */
const orthogonal: Distribution<OrthogonalDraw, OrthogonalParameters> = {
  ...ours,
  parameters: (draw, dtype) => orthogonalParameters(draw, dtype, STANDARD_NORMALS),
};

/** What TensorFlow's stateless functions draw. */
export const distributions: Stream['distributions'] = {
  bits,
  normal,
  orthogonal,
  randint,
  truncated_normal,
  uniform,
};
