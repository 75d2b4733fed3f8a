import type { Member } from './member';

/** scale or -scale, each with probability 1/2. */
export const distribution: Member = {
  heading: 'A distribution',
  names: { name: 'coin' },
  files: {
    'src/distributions/coin.ts': `import { float32Bits } from '../arithmetic/round';
import { type Distribution, FLOATS } from './distribution';
import { fitting } from './fitting';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of \`scale\` or \`-scale\`, each with probability 1/2.
 *
 * @example
 * \`\`\`ts
 * import type { initializers } from 'tensorseed';
 * import { coin } from 'tensorseed/distributions';
 *
 * const draw: initializers.CoinDraw = { kind: 'coin', scale: 1 };
 * console.log(coin().resolve([10]).kind === draw.kind); // true
 * \`\`\`
 */
export interface CoinDraw {
  /** The kind of the draw. */
  readonly kind: 'coin';
  /** The magnitude of every value. */
  readonly scale: number;
}

export interface CoinParameters {
  readonly kernel: 'coin';
  /** Float32 bits. */
  readonly scale: number;
}

export const coin: Distribution<CoinDraw, CoinParameters> = {
  numbers: SAMPLING_NUMBERS.coin,
  dtypes: FLOATS,
  random: true,
  parameters: ({ scale }, dtype) => ({
    kernel: 'coin',
    scale: float32Bits(fitting('scale', scale, dtype)),
  }),
  kernels: { coin: ({ scale }) => [['scale', scale]] },
};
`,
    'shaders/kernels/coin.wgsl': `// coin: scale, its sign flipped where the highest bit of the element's word is set.

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
    'src/backends/cpu/reference/coin.ts': `/** Twin of shaders/kernels/coin.wgsl. */
import type { CoinParameters } from '../../../distributions/coin';
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import { streamBlock } from '../../../streams/stream';

export function coin({ scale }: CoinParameters, key: KeyWords): DrawBlock {
  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    for (let lane = 0; lane < 4; lane++) out[lane] = scale ^ (out[lane] & 0x80000000);
  };
}
`,
    'src/statistics/laws/coin.ts': `import { discreteLaw, type Law } from './law';

export function coinLaw(scale: number): Law {
  return discreteLaw([
    { value: -scale, probability: 0.5 },
    { value: scale, probability: 0.5 },
  ]);
}
`,
  },
  lines: {
    'src/distributions/draw.ts': [
      ["from './orthogonal'", "import type { CoinDraw } from './coin';"],
      ['export type {', '  CoinDraw,'],
      ['  | OrthogonalDraw', '  | CoinDraw'],
    ],
    'src/distributions/parameters.ts': [
      ["from './orthogonal'", "import type { CoinParameters } from './coin';"],
      ['  | OrthogonalParameters', '  | CoinParameters'],
    ],
    'src/distributions/sampling.ts': [['  bernoulli: ', "  coin: ['scale'],"]],
    'src/backends/gpu/pipelines/sampling.ts': [
      ['kernels/bernoulli.wgsl', "import * as coin from '../../../../shaders/kernels/coin.wgsl';"],
      ['  bernoulli,', '  coin,'],
    ],
    'src/backends/cpu/reference/sampling.ts': [
      ["from './bernoulli'", "import { coin } from './coin';"],
      ['  bernoulli: ', '  coin: byBlocks(coin),'],
    ],
    'src/statistics/laws/index.ts': [
      ["from './orthogonal'", "import { coinLaw } from './coin';"],
      ['  orthogonal: ', '  coin: ({ scale }) => coinLaw(scale),'],
    ],
    'test/gpu/equal.test.ts': [["kind: 'bits'", "  { draw: { kind: 'coin', scale: 0.1 }, dtypes: HALVES },"]],
    'test/shaders/shaders.test.ts': [["['bits', {", "  ['coin', { kind: 'coin', scale: 1 }, 'exact'],"]],
    'DISTRIBUTIONS.md': [['## 2.', "A coin is the scale, with its sign flipped by the word's highest bit."]],
    'docs/shaders.md': [['| `uniform` ', '| `coin` | `scale` |']],
  },
};
