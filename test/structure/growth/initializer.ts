import type { Member } from './member';

/** Draws from the distribution beside this. */
export const initializer: Member = {
  heading: 'An initializer',
  names: { name: 'coin' },
  files: {
    'src/initializers/coin.ts': `import { elementCount, type Shape } from '../core/shape';
import { coin as distribution } from '../distributions/coin';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { type OptionTableOf, positive, seed } from './options';
import type { RandomOptions } from './random';
import type { Row } from './registry';
import { Sampled } from './sampled';

/**
 * The options of \`Coin\`.
 *
 * @example
 * \`\`\`ts
 * import { coin, type CoinOptions } from 'tensorseed/distributions';
 *
 * const options: CoinOptions = { scale: 2, seed: 7 };
 * console.log(coin(options).seed); // 7n
 * \`\`\`
 */
export interface CoinOptions extends RandomOptions {
  /** The magnitude of every value, > 0. Default 1. */
  readonly scale?: number;
}

const OPTIONS = { seed, scale: positive(1) } satisfies OptionTableOf<CoinOptions>;

/**
 * \`scale\` or \`-scale\`, each with probability 1/2, for every shape.
 *
 * @example
 * \`\`\`ts
 * import { Sampler } from 'tensorseed';
 * import { Coin } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create({ backend: 'cpu' });
 * const tensor = await sampler.fill(new Coin({ scale: 2 }), [4], { seed: 1 });
 * console.log((await tensor.data()).every((x) => Math.abs(x) === 2)); // true
 * \`\`\`
 */
export class Coin extends Sampled<CoinOptions> {
  constructor(options: CoinOptions = {}) {
    super(COIN, OPTIONS, options, 'coin', distribution);
  }

  /**
   * Makes the initializer that Keras's configuration describes.
   *
   * @example
   * \`\`\`ts
   * import { Coin } from 'tensorseed/distributions';
   *
   * console.log(Coin.fromConfig({ scale: 2 }).getConfig()); // { seed: null, scale: 2 }
   * \`\`\`
   */
  static fromConfig(config: unknown): Coin {
    return new Coin(readConfig('Coin', OPTIONS, config));
  }

  /**
   * Returns the draw, which is the same for every shape.
   *
   * @example
   * \`\`\`ts
   * import { coin } from 'tensorseed/distributions';
   *
   * console.log(coin().resolve([10])); // { kind: 'coin', scale: 1 }
   * \`\`\`
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    return { kind: 'coin', scale: this.options.scale };
  }
}

/**
 * Makes a \`Coin\` initializer.
 *
 * @example
 * \`\`\`ts
 * import { coin } from 'tensorseed/distributions';
 *
 * console.log(coin({ scale: 2 }).options.scale); // 2
 * \`\`\`
 */
export function coin(options?: CoinOptions): Coin {
  return new Coin(options);
}

/** Its row among the initializers. */
export const COIN: Row = {
  name: 'Coin',
  type: Coin,
  factory: coin,
  registeredName: 'tensorseed>Coin',
};
`,
  },
  lines: {
    'src/initializers/sampling.ts': [
      ["from './bernoulli'", "import { COIN } from './coin';"],
      ['  BERNOULLI,', '  COIN,'],
    ],
    'src/initializers/registry.ts': [["  'Bernoulli',", "  'Coin',"]],
    'src/initializers/distributions.ts': [
      ["from './bernoulli'", "export { Coin, coin, type CoinOptions } from './coin';"],
    ],
    'test/initializers/get.test.ts': [["  Bernoulli: ['Bernoulli'", "  Coin: ['Coin', 'coin'],"]],
    'test/initializers/configs.test.ts': [
      ['  initializers.bernoulli({', '  initializers.coin({ scale: 0.5, seed: 1 }),'],
    ],
    'bench/gpu/kernels.ts': [['  rademacher: kernel(', '  coin: kernel(() => distributions.coin()),']],
    'docs/guide.md': [['| `Orthogonal` ', '| `Coin` | `scale` 1 |']],
    'test/initializers/seeds.test.ts': [['  initializers.bernoulli,', '  initializers.coin,']],
  },
};
