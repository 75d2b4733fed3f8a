import { copyShape, elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import type { ForeignInitializer } from './definition';

/**
 * An initializer of a stream.
 * @param className what messages call it
 * @param config its options, under the names that they have in the framework
 * @param draw what fills a tensor of a shape
 */
export function foreignInitializer(
  className: string,
  config: Readonly<Record<string, number | string>>,
  draw: (shape: Shape) => Draw,
): ForeignInitializer {
  return Object.freeze({
    className,
    resolve(shape: Shape) {
      elementCount(shape);
      return draw(copyShape(shape));
    },
    getConfig: () => ({ ...config }),
  });
}

/**
 * An initializer of a draw that only its stream has.
 * @param name the name of the draw among the stream's distributions
 * @param numbers the numbers of the draw
 */
export function foreignDrawInitializer(
  className: string,
  name: string,
  config: Readonly<Record<string, number | string>>,
  numbers: readonly number[],
): ForeignInitializer {
  const draw: Draw = { kind: 'foreign', name, numbers: Object.freeze([...numbers]) };
  return foreignInitializer(className, config, () => ({ ...draw }));
}
