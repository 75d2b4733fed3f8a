import type { Member } from './member';

/** Draws from the distribution beside this. */
export const initializer: Member = {
  heading: 'An initializer',
  names: { name: 'rademacher' },
  files: {
    'src/initializers/rademacher.ts': `import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { readConfig } from './configured';
import { type OptionTableOf, positive, seed } from './options';
import { Random, type RandomOptions } from './random';

/**
 * The options of \`Rademacher\`.
 *
 * @example
 * \`\`\`ts
 * import { initializers } from 'tensorseed';
 *
 * const options: initializers.RademacherOptions = { scale: 2, seed: 7 };
 * console.log(initializers.rademacher(options).seed); // 7n
 * \`\`\`
 */
export interface RademacherOptions extends RandomOptions {
  /** The magnitude of every value, > 0. Default 1. */
  readonly scale?: number;
}

const OPTIONS = { seed, scale: positive(1) } satisfies OptionTableOf<RademacherOptions>;

/**
 * \`scale\` or \`-scale\`, each with probability 1/2, for every shape.
 *
 * @example
 * \`\`\`ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create({ backend: 'cpu' });
 * const tensor = await sampler.fill(new initializers.Rademacher({ scale: 2 }), [4], { seed: 1 });
 * console.log((await tensor.data()).every((x) => Math.abs(x) === 2)); // true
 * \`\`\`
 */
export class Rademacher extends Random<RademacherOptions> {
  constructor(options: RademacherOptions = {}) {
    super('Rademacher', OPTIONS, options);
  }

  /**
   * Makes the initializer that Keras's configuration describes.
   *
   * @example
   * \`\`\`ts
   * import { initializers } from 'tensorseed';
   *
   * console.log(initializers.Rademacher.fromConfig({ scale: 2 }).getConfig()); // { seed: null, scale: 2 }
   * \`\`\`
   */
  static fromConfig(config: unknown): Rademacher {
    return new Rademacher(readConfig('Rademacher', OPTIONS, config));
  }

  /**
   * Returns the draw, which is the same for every shape.
   *
   * @example
   * \`\`\`ts
   * import { initializers } from 'tensorseed';
   *
   * console.log(initializers.rademacher().resolve([10])); // { kind: 'rademacher', scale: 1 }
   * \`\`\`
   */
  resolve(shape: Shape): Draw {
    elementCount(shape);
    return { kind: 'rademacher', scale: this.options.scale };
  }
}

/**
 * Makes a \`Rademacher\` initializer.
 *
 * @example
 * \`\`\`ts
 * import { initializers } from 'tensorseed';
 *
 * console.log(initializers.rademacher({ scale: 2 }).options.scale); // 2
 * \`\`\`
 */
export function rademacher(options?: RademacherOptions): Rademacher {
  return new Rademacher(options);
}
`,
  },
  lines: {
    'src/initializers/registry.ts': [
      ["from './orthogonal'", "import { Rademacher, rademacher } from './rademacher';"],
      [
        "{ name: 'Bits'",
        "  { name: 'Rademacher', type: Rademacher, factory: rademacher, registeredName: 'tensorseed>Rademacher' },",
      ],
    ],
    'src/initializers/index.ts': [
      [
        "from './orthogonal'",
        "export { Rademacher, rademacher, type RademacherOptions } from './rademacher';",
      ],
    ],
    'test/initializers/get.test.ts': [["  Bits: ['Bits'", "  Rademacher: ['Rademacher', 'rademacher'],"]],
    'test/initializers/configs.test.ts': [
      ['  initializers.bits(),', '  initializers.rademacher({ scale: 0.5, seed: 1 }),'],
    ],
    'docs/guide.md': [['| `Orthogonal` ', '| `Rademacher` | `scale` 1 |']],
    'test/initializers/seeds.test.ts': [['  initializers.orthogonal,', '  initializers.rademacher,']],
  },
};
