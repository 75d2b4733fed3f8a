import type { Member } from './member';

/** Draws from the distribution beside this. */
export const initializer: Member = {
  heading: 'An initializer',
  names: { name: 'coin' },
  files: {
    'src/initializers/coin.ts': `import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { type OptionTableOf, positive, seed } from './options';
import { Random, type RandomOptions } from './random';

/**
 * The options of \`Coin\`.
 *
 * @example
 * \`\`\`ts
 * import { initializers } from 'tensorseed';
 *
 * const options: initializers.CoinOptions = { scale: 2, seed: 7 };
 * console.log(initializers.coin(options).seed); // 7n
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
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create({ backend: 'cpu' });
 * const tensor = await sampler.fill(new initializers.Coin({ scale: 2 }), [4], { seed: 1 });
 * console.log((await tensor.data()).every((x) => Math.abs(x) === 2)); // true
 * \`\`\`
 */
export class Coin extends Random<CoinOptions> {
  constructor(options: CoinOptions = {}) {
    super('Coin', OPTIONS, options);
  }

  /**
   * Makes the initializer that Keras's configuration describes.
   *
   * @example
   * \`\`\`ts
   * import { initializers } from 'tensorseed';
   *
   * console.log(initializers.Coin.fromConfig({ scale: 2 }).getConfig()); // { seed: null, scale: 2 }
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
   * import { initializers } from 'tensorseed';
   *
   * console.log(initializers.coin().resolve([10])); // { kind: 'coin', scale: 1 }
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
 * import { initializers } from 'tensorseed';
 *
 * console.log(initializers.coin({ scale: 2 }).options.scale); // 2
 * \`\`\`
 */
export function coin(options?: CoinOptions): Coin {
  return new Coin(options);
}
`,
  },
  lines: {
    'src/initializers/registry.ts': [
      ["from './orthogonal'", "import { Coin, coin } from './coin';"],
      ["{ name: 'Bits'", "  { name: 'Coin', type: Coin, factory: coin, registeredName: 'tensorseed>Coin' },"],
    ],
    'src/initializers/index.ts': [
      ["from './orthogonal'", "export { Coin, coin, type CoinOptions } from './coin';"],
    ],
    'test/initializers/get.test.ts': [["  Bits: ['Bits'", "  Coin: ['Coin', 'coin'],"]],
    'test/initializers/configs.test.ts': [
      ['  initializers.bits(),', '  initializers.coin({ scale: 0.5, seed: 1 }),'],
    ],
    'docs/guide.md': [['| `Orthogonal` ', '| `Coin` | `scale` 1 |']],
    'test/initializers/seeds.test.ts': [['  initializers.orthogonal,', '  initializers.coin,']],
  },
};
