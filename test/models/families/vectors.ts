import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Sampler } from '../../../src/index';
import { type Filling, resolveFilling } from '../../../src/initializers/resolve';

/** What one framework fills elements with. test/vectors/transformers/families.py describes each kind. */
export type Fill =
  | 'zeros'
  | 'ones'
  | { readonly constant: number }
  | { readonly normal: number; readonly mean?: number; readonly by?: string }
  | { readonly uniform: readonly [number, number]; readonly by?: string }
  | {
      readonly truncated_normal: number;
      readonly mean?: number;
      readonly lower: number;
      readonly upper: number;
      readonly by?: string;
    }
  | { readonly table: readonly number[]; readonly at: readonly number[]; readonly formula?: string }
  | { readonly softplus_inverse_log_uniform: readonly [number, number]; readonly floor: number };

/** What a framework fills a tensor with: one fill, or several with their counts, in row-major order. */
export type Expected = Fill | { readonly parts: readonly (readonly [number, Fill])[] };

/** A tensor as a safetensors header has it. */
export interface HeaderEntry {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

/** A checkpoint of a family: its header and configuration, and what its framework fills each tensor with. */
export interface Checkpoint {
  readonly family: string;
  readonly variant: string;
  readonly framework: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, HeaderEntry>>;
  /** Null for tensors of which only the header is known. */
  readonly expected: ReadonlyMap<string, Expected | null>;
}

type Blocks = number | readonly number[] | readonly (readonly number[])[] | null;
type Row = [string, number[], number, Blocks?, string?];

interface Variant {
  readonly name: string;
  readonly framework: string;
  readonly config: Record<string, unknown>;
  readonly fills: readonly (Expected | null)[];
  readonly tensors: readonly Row[];
}

const FILES = ['language', 'vision', 'diffusion', 'further', 'headers'];

/** The types of safetensors with the bits of an element, in the order in which a file has them, reversed. */
const BITS: Readonly<Record<string, number>> = {
  BOOL: 8,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  F64: 64,
  I64: 64,
  U64: 64,
};
const ORDER = Object.keys(BITS);

/** All checkpoints of the vectors. */
export const checkpoints: readonly Checkpoint[] = FILES.flatMap((file) => {
  const url = new URL(`../../vectors/transformers/families_${file}.json`, import.meta.url);
  const { families } = JSON.parse(readFileSync(url, 'utf8')) as { families: Record<string, Variant[]> };
  return Object.entries(families).flatMap(([family, variants]) =>
    variants.map((variant) => checkpointOf(family, variant)),
  );
});

/**
 * The checkpoints of a family, all or of one framework.
 * @throws Error where there are none
 */
export function checkpointsOf(family: string, framework?: string): readonly Checkpoint[] {
  const found = checkpoints.filter(
    (one) => one.family === family && (framework === undefined || one.framework === framework),
  );
  if (found.length === 0) throw new Error(`no vectors of ${family} of ${framework ?? 'any framework'}`);
  return found;
}

function checkpointOf(family: string, { name, framework, config, fills, tensors }: Variant): Checkpoint {
  const rows = tensors.flatMap(([pattern, shape, fill, blocks, dtype = 'F32']) =>
    namesOf(pattern, blocks ?? null).map((name) => ({ name, shape, dtype, fill: fills[fill] })),
  );
  rows.sort((a, b) => ORDER.indexOf(b.dtype) - ORDER.indexOf(a.dtype) || (a.name < b.name ? -1 : 1));
  let end = 0;
  const header: Record<string, HeaderEntry> = {};
  for (const { name, shape, dtype } of rows) {
    const start = end;
    end += shape.reduce((product, size) => product * size, 1) * (BITS[dtype] / 8);
    header[name] = { dtype, shape, data_offsets: [start, end] };
  }
  const expected = new Map(rows.map(({ name, fill }) => [name, fill]));
  return { family, variant: name, framework, config, header, expected };
}

/** The names that a pattern stands for, with numbers for its stars. */
function namesOf(pattern: string, blocks: Blocks): string[] {
  if (blocks === null) return [pattern];
  const numbers = typeof blocks === 'number' ? Array.from({ length: blocks }, (_, i) => i) : blocks;
  return numbers.map((given) => {
    const left = [...(typeof given === 'number' ? [given] : given)];
    return pattern.replace(/(?<=^|\.)\*(?=\.|$)/g, () => String(left.shift()));
  });
}

interface Filled {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initializer: Filling;
}

/** Holds what the library fills a tensor with against what its framework does, to 1e-6 of each number. */
export function expectFilling({ name, shape, initializer }: Filled, expected: Expected): void {
  const parts = resolveFilling(initializer, shape).parts.map(({ draw, range }) => [range.count, draw]);
  const count = shape.reduce((product, size) => product * size, 1);
  const wanted = typeof expected === 'object' && 'parts' in expected ? expected.parts : [[count, expected]];
  const draws = (wanted as [number, Fill][]).map(([count, fill]) => [count, drawOf(name, fill)]);
  expect(parts, name).toEqual(draws);
}

/** The draw that a fill is, with numbers that need be near only. */
function drawOf(name: string, fill: Fill): object {
  if (fill === 'zeros' || fill === 'ones') return { kind: 'constant', value: fill === 'ones' ? 1 : 0 };
  if ('constant' in fill) return { kind: 'constant', value: near(fill.constant) };
  if ('uniform' in fill) return { kind: 'uniform', low: near(fill.uniform[0]), high: near(fill.uniform[1]) };
  if ('normal' in fill) return { kind: 'normal', mean: near(fill.mean ?? 0), stddev: near(fill.normal) };
  if ('truncated_normal' in fill) {
    const { truncated_normal: stddev, mean = 0, lower, upper } = fill;
    return {
      kind: 'truncated_normal',
      mean: near(mean),
      stddev: near(stddev),
      lower: near(lower),
      upper: near(upper),
    };
  }
  throw new Error(`${name} is no draw by itself: hold its values against the vector with expectValues`);
}

/** Equal to a number to 1e-6 of it. */
function near(value: number): unknown {
  return {
    asymmetricMatch: (other: unknown): boolean =>
      typeof other === 'number' && Math.abs(other - value) <= 1e-6 * Math.abs(value),
    toString: () => `near ${value}`,
    getExpectedType: () => 'number',
    toAsymmetricMatcher: () => `near ${value}`,
  };
}

/** Holds the values that the library fills a tensor with against a table, or against the steps of Mamba. */
export async function expectValues(sampler: Sampler, tensor: Filled, expected: Expected): Promise<void> {
  const { name, shape, initializer } = tensor;
  const filled = await sampler.fill(initializer, shape, { seed: 7, name });
  const values = Array.from((await filled.data()) as Float32Array);
  if (typeof expected === 'object' && 'table' in expected) {
    for (const [i, index] of expected.at.entries())
      expect(Math.abs(values[index] - expected.table[i]), `${name} at ${index}`).toBeLessThan(1e-6);
    return;
  }
  if (typeof expected !== 'object' || !('softplus_inverse_log_uniform' in expected))
    throw new Error(`${name} is a draw: hold it against the vector with expectFilling`);
  const [low, high] = expected.softplus_inverse_log_uniform.map(Math.log);
  const logs = values.map((value) => (Math.log(Math.log1p(Math.exp(value))) - low) / (high - low));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  expect(Math.min(...logs), name).toBeGreaterThan(-1e-4);
  expect(Math.max(...logs), name).toBeLessThan(1 + 1e-4);
  // Five standard errors of the mean of uniform values.
  expect(Math.abs(mean - 0.5), name).toBeLessThan(5 / Math.sqrt(12 * logs.length));
}
