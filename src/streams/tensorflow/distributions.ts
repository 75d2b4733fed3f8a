import { orthogonalOver } from '../../distributions/orthogonal';
import type { Stream } from '../definition';
import { bits } from './bits';
import { normal, STANDARD_NORMALS } from './normal';
import { randint } from './randint';
import { truncated_normal } from './truncated_normal';
import { uniform } from './uniform';

/** Q of TensorFlow's own normals, in float32 whatever the dtype. */
const orthogonal = orthogonalOver(() => STANDARD_NORMALS);

/** What TensorFlow's stateless functions draw. */
export const distributions: Stream['distributions'] = {
  bits,
  normal,
  orthogonal,
  truncated_normal,
  uniform,
};

/** Those of its draws that only streams have. */
export const own: Stream['own'] = { randint };
