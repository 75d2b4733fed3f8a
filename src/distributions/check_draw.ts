import { count, knownKeys, oneOf, readArray } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import type { Draw } from './draw';
import { DISTRIBUTIONS } from './parameters';
import { STFT_MEMBERS, stftDraw } from './stft';

const KINDS = Object.keys(DISTRIBUTIONS) as Draw['kind'][];
const MEMBERS = [...new Set(KINDS.flatMap((kind): readonly string[] => DISTRIBUTIONS[kind].numbers))];

/**
 * A copy of what an initializer returns for a tensor, which may be an initializer of the caller's. The values of
 * its numbers are checked with the dtype: see `parameters`.
 * @param total the number of elements of the tensor
 * @throws ArgumentError where it is not a draw, or its matrix is not one of the tensor
 */
export function checkDraw(value: unknown, total: number): Draw {
  const name = 'the draw of an initializer';
  const given = knownKeys(name, value, ['kind', 'name', 'numbers', ...STFT_MEMBERS, ...MEMBERS]);
  const kind = oneOf(`the kind of ${name}`, given.kind, KINDS);
  if (kind === 'foreign') return checkForeign(name, given);
  if (kind === 'stft') return checkStft(name, given, total);
  const { numbers } = DISTRIBUTIONS[kind];
  const draw = knownKeys(name, given, ['kind', ...numbers]);
  for (const member of numbers) {
    if (typeof draw[member] !== 'number')
      throw new ArgumentError(`${member} of ${name} must be a number, got ${show(draw[member])}`);
  }
  if ('rows' in draw) checkMatrix(draw, total);
  if (kind === 'dirac') checkDiagonals(draw, total);
  return draw as unknown as Draw;
}

function checkMatrix({ rows, columns, offset }: Record<string, unknown>, total: number): void {
  const size = count('rows', rows) * count('columns', columns);
  const fits = offset === undefined ? size === total : count('offset', offset) + size <= total;
  if (!fits) {
    throw new ArgumentError(`a ${rows} x ${columns} matrix must fit a tensor of ${total} elements`);
  }
}

function checkDiagonals(draw: Record<string, unknown>, total: number): void {
  const [size, offset, ones, step, repeats, period] = DISTRIBUTIONS.dirac.numbers.map((name) =>
    count(name, draw[name]),
  );
  const length = (ones - 1) * step + 1;
  const none = ones === 0 || repeats === 0;
  const ordered = (ones < 2 || step > 0) && (repeats < 2 || length <= period);
  if (size !== total || !(none || (ordered && offset + (repeats - 1) * period + length <= total))) {
    throw new ArgumentError(
      `${repeats} times ${ones} ones from element ${offset} on, ${step} and ${period} apart, must fit a tensor of ${total} elements`,
    );
  }
}

function checkStft(label: string, given: Record<string, unknown>, total: number): Draw {
  const { kind: _, ...members } = knownKeys(label, given, ['kind', ...STFT_MEMBERS]);
  const draw = stftDraw(members as Parameters<typeof stftDraw>[0]);
  if (draw.frames * draw.frequencies === total) return draw;
  throw new ArgumentError(
    `a ${draw.frames} x ${draw.frequencies} kernel must fit a tensor of ${total} elements`,
  );
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
