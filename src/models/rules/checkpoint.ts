import { ArgumentError } from '../../core/errors';
import type { Shape } from '../../core/shape';
import type { SafetensorsDtype } from '../../formats/safetensors_dtypes';
import type { ModelConfig } from './model_config';
import { patternOf } from './patterns';

/** A tensor that rules say something about. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: Shape;
  /** Its type in the file; undefined where there is no file, as for a preset. */
  readonly dtype?: SafetensorsDtype;
}

/** What the rules of a table may depend on: the tensors of the whole model, and its config.json. */
export class Checkpoint {
  readonly shapes: ReadonlyMap<string, Shape>;
  /** A name for each pattern of names. Blocks look alike, so there are few. */
  readonly #examples = new Map<string, string>();

  constructor(
    readonly tensors: readonly NamedTensor[],
    readonly config: ModelConfig,
  ) {
    this.shapes = new Map(tensors.map(({ name, shape }) => [name, shape]));
    for (const { name } of tensors) {
      const pattern = patternOf(name);
      if (!this.#examples.has(pattern)) this.#examples.set(pattern, name);
    }
  }

  /** The first name that matches. Of the names of blocks only that of the first block is looked at. */
  find(pattern: RegExp): string | undefined {
    for (const name of this.#examples.values()) if (pattern.test(name)) return name;
    return undefined;
  }

  has(pattern: RegExp): boolean {
    return this.find(pattern) !== undefined;
  }

  /** The shape of the first tensor whose name matches. */
  shapeOf(pattern: RegExp): Shape | undefined {
    const name = this.find(pattern);
    return name === undefined ? undefined : this.shapes.get(name);
  }

  /**
   * The number of blocks: what config.json says, or else how many there are among the names, but at least 1.
   * @param rules the name of the table, for messages
   * @param key what the config.json of the family calls the number
   * @param block a pattern with what stands before the block's number as its first group, and the number as its second
   * @throws ArgumentError where a block is missing among the names
   */
  blocks(rules: string, key: string, block: RegExp): number {
    const said = this.config.count(key);
    if (said !== undefined) return Math.max(said, 1);
    const counts = countBlocks(this.tensors, block);
    for (const [list, found] of counts) {
      const missing = Array.from({ length: found.size }, (_, i) => i).find((i) => !found.has(i));
      if (missing !== undefined)
        throw new ArgumentError(
          `the rules ${rules} count the blocks, but ${list}.${missing} is missing: give the header of the whole model`,
        );
    }
    return Math.max(1, ...[...counts.values()].map(({ size }) => size));
  }

  /**
   * The number of blocks of any model: what its config.json says, or else the length of the longest list of modules.
   * @throws ArgumentError where neither tells
   */
  depth(): number {
    for (const key of DEPTH_KEYS) {
      const said = this.config.count(key);
      if (said !== undefined && said > 0) return said;
    }
    const depth = Math.max(
      0,
      ...[...countBlocks(this.tensors, /^(.*?)\.(\d+)\./).values()].map(({ size }) => size),
    );
    if (depth === 0)
      throw new ArgumentError('no name has the number of a block: give the config.json of the model');
    return depth;
  }
}

/** What configurations call the number of blocks. */
const DEPTH_KEYS = ['num_hidden_layers', 'n_layer', 'n_layers', 'num_layers', 'depth'];

/** The numbers of the blocks in each list of modules. */
function countBlocks(tensors: readonly NamedTensor[], block: RegExp): Map<string, Set<number>> {
  const lists = new Map<string, Set<number>>();
  for (const { name } of tensors) {
    const match = block.exec(name);
    if (match === null) continue;
    const found = lists.get(match[1]);
    if (found === undefined) lists.set(match[1], new Set([Number(match[2])]));
    else found.add(Number(match[2]));
  }
  return lists;
}
