import { count, knownKeys, oneOf, readArray } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import type { Draw } from './draw';
import { BASE, distributionOf, KINDS } from './parameters';
import { SAMPLING_NUMBERS } from './sampling';

const MEMBERS = [
  ...new Set([
    ...Object.values(BASE).flatMap(({ numbers }): readonly string[] => numbers),
    ...Object.values(SAMPLING_NUMBERS).flat(),
  ]),
];

/**
 * A copy of what an initializer returns for a tensor, which may be an initializer of the caller's. The values of
 * its numbers are checked with the dtype: see `parameters`.
 * @param total the number of elements of the tensor
 * @throws ArgumentError where it is not a draw, or its matrix is not one of the tensor
 */
export function checkDraw(value: unknown, total: number): Draw {
  const name = 'the draw of an initializer';
  const given = knownKeys(name, value, ['kind', 'name', 'numbers', ...MEMBERS]);
  const kind = oneOf(`the kind of ${name}`, given.kind, KINDS);
  if (kind === 'foreign') return checkForeign(name, given);
  const { numbers, check } = distributionOf({ kind } as Draw);
  const draw = knownKeys(name, given, ['kind', ...numbers]);
  if (check !== undefined) return check(draw, total);
  for (const member of numbers) {
    if (typeof draw[member] !== 'number')
      throw new ArgumentError(`${member} of ${name} must be a number, got ${show(draw[member])}`);
  }
  if ('rows' in draw) checkMatrix(draw, total);
  return draw as unknown as Draw;
}

function checkMatrix({ rows, columns, offset }: Record<string, unknown>, total: number): void {
  const size = count('rows', rows) * count('columns', columns);
  const fits = offset === undefined ? size === total : count('offset', offset) + size <= total;
  if (!fits) {
    throw new ArgumentError(`a ${rows} x ${columns} matrix must fit a tensor of ${total} elements`);
  }
}

function checkForeign(label: string, given: Record<string, unknown>): Draw {
  const { name, numbers } = knownKeys(label, given, ['kind', 'name', 'numbers']);
  if (typeof name !== 'string')
    throw new ArgumentError(`name of ${label} must be a string, got ${show(name)}`);
  const list = readArray(`numbers of ${label}`, numbers, 'an array', (value) => {
    if (typeof value === 'number') return value;
    throw new ArgumentError(`a number of ${label} must be a number, got ${show(value)}`);
  });
  return { kind: 'foreign', name, numbers: list };
}
