import { count, nonNegativeNumber, oneOf, readArray, trueOrFalse } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import type { Draw } from '../../distributions/draw';
import { CHECKSUM_ELEMENTS, CHECKSUMMED } from '../checksums';
import { MACHINE_CASES, type MachineCase } from './cases';
import { FORMAT, type MachineReport, type ReportedAdapter, type ReportedResult } from './report';

/** The most characters of a text. */
export const MOST_CHARACTERS = 200;
const MOST_SIZES = 8;
const MOST_NUMBERS = 8;

/**
 * Reads a report from a stranger: its members are checked, and others are left out.
 * @param cases what a run examines
 * @throws ArgumentError in one line where it is none, or contradicts itself or the contract
 */
export function readReport(value: unknown, cases: readonly MachineCase[] = MACHINE_CASES): MachineReport {
  const given = members('the result', value);
  if (given.format !== FORMAT)
    throw new ArgumentError(`the format of the result must be ${show(FORMAT)}, got ${show(given.format)}`);
  const results = readArray('results', given.results, 'an array', readResult);
  const left = new Set(cases.map(keyOf));
  if (results.length !== left.size || !results.every((result) => left.delete(keyOf(result))))
    throw new ArgumentError(
      `results must be those of the ${cases.length} tensors of a run, each once, got ${results.length} of which some are others`,
    );
  const right = trueOrFalse('right', given.right);
  if (right !== results.every((result) => result.right))
    throw new ArgumentError(`right is ${right}, but the results say otherwise`);
  const runtime = members('runtime', given.runtime);
  const platform = members('platform', given.platform);
  return {
    format: FORMAT,
    version: text('version', given.version),
    date: dateOf(given.date),
    ...optional('note', given.note, text),
    backend: oneOf('backend', given.backend, ['gpu', 'cpu'] as const),
    description: text('description', given.description),
    adapter: given.adapter === null ? null : readAdapter(given.adapter),
    runtime: {
      name: text('runtime.name', runtime.name),
      version: text('runtime.version', runtime.version),
      ...optional('webgpu', runtime.webgpu, text),
    },
    platform: {
      system: text('platform.system', platform.system),
      architecture: text('platform.architecture', platform.architecture),
    },
    right,
    clock: oneOf('clock', given.clock, ['timestamp queries', 'wall clock'] as const),
    seconds: nonNegativeNumber('seconds', given.seconds),
    results,
  };
}

function readAdapter(value: unknown): ReportedAdapter {
  const given = members('adapter', value);
  const named = (name: string): string => text(`adapter.${name}`, given[name]);
  return {
    vendor: named('vendor'),
    architecture: named('architecture'),
    device: named('device'),
    description: named('description'),
    ...optional('driver', given.driver, text),
    ...optional('api', given.api, text),
    software: given.software === null ? null : trueOrFalse('adapter.software', given.software),
  };
}

function readResult(value: unknown, at: string): ReportedResult {
  const given = members(at, value);
  const draw = readDraw(`${at}.draw`, given.draw);
  const shape = readArray(`${at}.shape`, given.shape, 'an array of sizes', (size, name) => count(name, size));
  if (shape.length > MOST_SIZES)
    throw new ArgumentError(`${at}.shape must have at most ${MOST_SIZES} sizes, got ${shape.length}`);
  const result: ReportedResult = {
    draw,
    dtype: text(`${at}.dtype`, given.dtype),
    shape,
    seed: text(`${at}.seed`, given.seed),
    ...optional('name', given.name, text),
    check: oneOf(`${at}.check`, given.check, ['checksum', 'bits', 'bound'] as const),
    right: trueOrFalse(`${at}.right`, given.right),
    ...optional('sha256', given.sha256, checksum),
    ...optional('firstWrong', given.firstWrong, readDifference),
    ...optional('seconds', given.seconds, nonNegativeNumber),
    ...optional('gigabytesPerSecond', given.gigabytesPerSecond, nonNegativeNumber),
    ...optional('shareOfConstantFill', given.shareOfConstantFill, nonNegativeNumber),
  };
  if ((result.check === 'checksum') !== (result.sha256 !== undefined))
    throw new ArgumentError(`${at} must have a sha256 if, and only if, its check is 'checksum'`);
  if (result.right && result.firstWrong !== undefined)
    throw new ArgumentError(`${at}.right is true, but it has a first element that is wrong`);
  const wanted = CHECKSUMS.get(keyOf(result));
  if (wanted !== undefined && result.sha256 !== undefined && (wanted === result.sha256) !== result.right)
    throw new ArgumentError(`${at}.right is ${result.right}, but its sha256 says otherwise`);
  return result;
}

/** The checksums of the contract, by the tensors that they are of. */
const CHECKSUMS = new Map(
  CHECKSUMMED.map(({ sha256, ...one }) => [keyOf({ ...one, shape: [CHECKSUM_ELEMENTS] }), sha256]),
);

function keyOf({
  draw,
  dtype,
  shape,
  seed,
  name,
}: Pick<ReportedResult, 'draw' | 'dtype' | 'shape' | 'seed' | 'name'>): string {
  return JSON.stringify([Object.entries(draw).sort(), dtype, shape, seed, name]);
}

function readDraw(at: string, value: unknown): Draw {
  const { kind, ...numbers } = members(at, value);
  const entries = Object.entries(numbers);
  if (entries.length > MOST_NUMBERS)
    throw new ArgumentError(`${at} must have at most ${MOST_NUMBERS} numbers, got ${entries.length}`);
  const read = entries.map(([name, number]) => {
    if (typeof number !== 'number' || !Number.isFinite(number))
      throw new ArgumentError(`each number of ${at} must be finite, got ${show(number)}`);
    return [text(`each name of ${at}`, name), number];
  });
  return { kind: text(`${at}.kind`, kind), ...Object.fromEntries(read) } as Draw;
}

function readDifference(at: string, value: unknown): ReportedResult['firstWrong'] {
  const { element, got, want } = members(at, value);
  return {
    element: count(`${at}.element`, element),
    got: text(`${at}.got`, got),
    want: text(`${at}.want`, want),
  };
}

function members(name: string, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ArgumentError(`${name} must be an object, got ${show(value)}`);
  return value as Record<string, unknown>;
}

/** A member that may be missing. */
function optional<N extends string, T>(
  name: N,
  value: unknown,
  read: (name: string, value: unknown) => T,
): { readonly [name in N]?: T } {
  return (value === undefined ? {} : { [name]: read(name, value) }) as { readonly [name in N]?: T };
}

function text(name: string, value: unknown): string {
  if (typeof value !== 'string' || value.length > MOST_CHARACTERS)
    throw new ArgumentError(
      `${name} must be a text of at most ${MOST_CHARACTERS} characters, got ${show(value)}`,
    );
  return value;
}

function checksum(name: string, value: unknown): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value))
    throw new ArgumentError(`${name} must be 64 hexadecimal digits, got ${show(value)}`);
  return value;
}

function dateOf(value: unknown): string {
  const isDate =
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value) &&
    Number.isFinite(Date.parse(value));
  if (!isDate) throw new ArgumentError(`date must be such as "2026-01-31T12:00:00Z", got ${show(value)}`);
  return value;
}
