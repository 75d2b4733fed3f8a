import type { Member } from './member';

/** scale or -scale, each with probability 1/2. */
export const distribution: Member = {
  heading: 'A distribution',
  names: { name: 'rademacher' },
  files: {
    'src/distributions/rademacher.ts': `import { float32Bits } from '../arithmetic/round';
import { type Distribution, FLOATS } from './distribution';
import { fitting } from './fitting';

/**
 * The draw of \`scale\` or \`-scale\`, each with probability 1/2.
 *
 * @example
 * \`\`\`ts
 * import { initializers } from 'tensorseed';
 *
 * const draw: initializers.RademacherDraw = { kind: 'rademacher', scale: 1 };
 * console.log(initializers.rademacher().resolve([10]).kind === draw.kind); // true
 * \`\`\`
 */
export interface RademacherDraw {
  /** The kind of the draw. */
  readonly kind: 'rademacher';
  /** The magnitude of every value. */
  readonly scale: number;
}

export interface RademacherParameters {
  readonly kernel: 'rademacher';
  /** Float32 bits. */
  readonly scale: number;
}

export const rademacher: Distribution<RademacherDraw, RademacherParameters> = {
  numbers: ['scale'],
  dtypes: FLOATS,
  random: true,
  parameters: ({ scale }, dtype) => ({
    kernel: 'rademacher',
    scale: float32Bits(fitting('scale', scale, dtype)),
  }),
  kernels: { rademacher: ({ scale }) => [['scale', scale]] },
};
`,
    'shaders/kernels/rademacher.wgsl': `// rademacher: scale, its sign flipped where the highest bit of the element's word is set.

import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  scale: u32,
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  return vec4<u32>(p.scale) ^ (stream_block(key_of(p.at), counter, 0u) & vec4<u32>(0x80000000u));
}
`,
    'src/backends/cpu/reference/rademacher.ts': `/** Twin of shaders/kernels/rademacher.wgsl. */
import type { RademacherParameters } from '../../../distributions/rademacher';
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import { streamBlock } from '../../../streams/stream';

export function rademacher({ scale }: RademacherParameters, key: KeyWords): DrawBlock {
  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    for (let lane = 0; lane < 4; lane++) out[lane] = scale ^ (out[lane] & 0x80000000);
  };
}
`,
    'src/statistics/laws/rademacher.ts': `import { discreteLaw, type Law } from './law';

export function rademacherLaw(scale: number): Law {
  return discreteLaw([
    { value: -scale, probability: 0.5 },
    { value: scale, probability: 0.5 },
  ]);
}
`,
  },
  lines: {
    'src/distributions/draw.ts': [
      ["from './orthogonal'", "import type { RademacherDraw } from './rademacher';"],
      ['export type {', '  RademacherDraw,'],
      ['  | OrthogonalDraw', '  | RademacherDraw'],
    ],
    'src/distributions/parameters.ts': [
      ["from './orthogonal'", "import { rademacher, type RademacherParameters } from './rademacher';"],
      ['  | OrthogonalParameters', '  | RademacherParameters'],
      ['  orthogonal,', '  rademacher,'],
    ],
    'src/backends/gpu/pipelines/shaders.ts': [
      ['kernels/uniform.wgsl', "import * as rademacher from '../../../../shaders/kernels/rademacher.wgsl';"],
      ['  orthogonal,', '  rademacher,'],
    ],
    'src/backends/cpu/reference/fill.ts': [
      ["from './normal_native'", "import { rademacher } from './rademacher';"],
      ['  normal_native: ', '  rademacher: byBlocks(rademacher),'],
    ],
    'src/statistics/laws/index.ts': [
      ["from './orthogonal'", "import { rademacherLaw } from './rademacher';"],
      ['  orthogonal: ', '  rademacher: ({ scale }) => rademacherLaw(scale),'],
    ],
    'test/gpu/equal.test.ts': [
      ["kind: 'bits'", "  { draw: { kind: 'rademacher', scale: 0.1 }, dtypes: HALVES },"],
    ],
    'test/shaders/shaders.test.ts': [
      ["['bits', {", "  ['rademacher', { kind: 'rademacher', scale: 1 }, 'exact'],"],
    ],
    'STREAM.md': [['## 9.', "A rademacher is the scale, with its sign flipped by the word's highest bit."]],
    'docs/shaders.md': [['| `uniform` ', '| `rademacher` | `scale` |']],
  },
};
