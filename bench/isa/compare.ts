import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paramsOf } from '../../src/backends/gpu/pipelines/params';
import { variantOf } from '../../src/backends/gpu/pipelines/variant';
import { bytesPerElement } from '../../src/core/dtype';
import { ArgumentError, show } from '../../src/core/errors';
import type { Dispatch } from '../../src/jobs/plan';
import { readShaders } from '../../tools/wgsl_plugin';
import { byConstants, Shaders, type Trial } from './cases';
import { faultOf } from './fault';
import { findCompiler, HostKernel, operandOf } from './host';
import { parallel } from './parallel';

/**
 * The shaders of another version.
 * @param asked a folder with kernels/, or with shaders/; otherwise a commit
 * @throws ArgumentError where it is neither
 */
export function otherShaders(asked: string, checkout: string): Shaders {
  for (const folder of [asked, join(asked, 'shaders')])
    if (existsSync(join(folder, 'kernels'))) return new Shaders(readShaders(folder));
  const git = (...words: string[]): string =>
    execFileSync('git', words, { cwd: checkout, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const commit = git('rev-parse', '--verify', '--end-of-options', `${asked}^{commit}`).trim();
    const paths = git('ls-tree', '-r', '--name-only', commit, 'shaders/').split('\n');
    return new Shaders(
      Object.fromEntries(
        paths
          .filter((path) => path.endsWith('.wgsl'))
          .map((path) => [path.slice('shaders/'.length), git('show', `${commit}:${path}`)]),
      ),
    );
  } catch {
    throw new ArgumentError(`--compare must be a folder with kernels/, or a commit, got ${show(asked)}`);
  }
}

/** How the values of a kernel compare with those of its other version. */
export interface Comparison {
  readonly name: string;
  /** Values that were compared. None were where the linked kernels are the same text. */
  readonly values: number;
  /** The first value that differs. */
  readonly difference?: Difference;
  /** Why there is no comparison. */
  readonly reason?: string;
}

export interface Difference {
  /** The initializer. */
  readonly draw: string;
  /** The 64-bit block of the counter, and the lane of the element in it. */
  readonly counter: bigint;
  readonly lane: number;
  /** The bytes of an element. */
  readonly size: number;
  /** Bit patterns. */
  readonly ours: number;
  readonly other: number;
}

export const WITHOUT_COMPILER =
  'no C++ compiler, which --compare runs kernels with: install g++ or clang, as Debian calls them';

/**
 * Runs both versions of kernels as C++ on the CPU, and compares all their values.
 * @param trials with the same code where the names are the same
 */
export async function compare(
  trials: readonly Trial[],
  shaders: Shaders,
  others: Shaders,
): Promise<Comparison[]> {
  const compiler = findCompiler();
  if (compiler === undefined) throw new Error(WITHOUT_COMPILER);
  const folder = await mkdtemp(join(tmpdir(), 'tensorseed-compare-'));
  const names = [...new Set(trials.map(({ name }) => name))];
  const comparisons = new Map<string, Comparison>();
  try {
    await parallel(
      names.map((name, i) => async () => {
        const own = trials.filter((trial) => trial.name === name);
        const both = { shaders, others, compiler, folder, file: `kernel${i}` };
        comparisons.set(
          name,
          await compareKernel(name, own, both).catch((error: Error) => ({
            name,
            values: 0,
            reason: faultOf(error),
          })),
        );
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return names.map((name) => comparisons.get(name)!);
}

async function compareKernel(
  name: string,
  trials: readonly Trial[],
  at: {
    readonly shaders: Shaders;
    readonly others: Shaders;
    readonly compiler: string;
    readonly folder: string;
    readonly file: string;
  },
): Promise<Comparison> {
  const [{ dispatch }] = trials;
  const { kernel } = dispatch.params;
  if (!at.others.kernels.includes(kernel)) throw new Error('the other version does not have it');
  const [code, otherCode] = await Promise.all([at.shaders.link(kernel), at.others.link(kernel)]);
  if (code === otherCode) return { name, values: 0 };
  const members = paramsOf(dispatch).flatMap(([member]) => (member === '' ? [] : [member]));
  let values = 0;
  for (const [i, part] of byConstants(trials).entries()) {
    const { constants } = variantOf(part[0].dispatch);
    const build = (version: string, wgsl: string) =>
      HostKernel.build(at.folder, `${at.file}_${i}_${version}`, at.compiler, wgsl, constants, members);
    const ours = await build('ours', code);
    const other = await build('other', otherCode);
    for (const { draw, dispatch } of part) {
      const operand = operandOf(dispatch);
      const [a, b] = [await ours.run(dispatch, operand), await other.run(dispatch, operand)];
      const size = bytesPerElement(dispatch.dtype);
      values += a.length / size;
      if (!a.equals(b)) return { name, values, difference: differenceOf(a, b, draw, dispatch) };
    }
  }
  return { name, values };
}

function differenceOf(a: Buffer, b: Buffer, draw: string, { dtype, element }: Dispatch): Difference {
  const size = bytesPerElement(dtype);
  let slot = 0;
  while (a.readUIntLE(slot * size, size) === b.readUIntLE(slot * size, size)) slot++;
  const at = BigInt(element) + BigInt(slot);
  return {
    draw,
    counter: at / 4n,
    lane: Number(at % 4n),
    size,
    ours: a.readUIntLE(slot * size, size),
    other: b.readUIntLE(slot * size, size),
  };
}
