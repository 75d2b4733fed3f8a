import { availableParallelism } from 'node:os';
import { missingForRadv, Radv } from '../../tools/radv/driver.mjs';
import { parseRadv } from './amd';
import type { Card } from './cards';
import type { Case } from './cases';
import { type Cost, costOf } from './cost';
import { compileCuda, findToolkit, WITHOUT_CUDA } from './cuda';
import { faultOf } from './fault';
import { parallel } from './parallel';
import type { Program } from './program';

/** What a case costs on a card, or why that is not known. */
export interface Measurement {
  readonly one: Case;
  readonly card: Card;
  readonly cost?: Cost;
  readonly reason?: string;
}

/**
 * Compiles cases for cards and models what they cost.
 * @param checkout the folder of the project's sources
 * @param cuda the folder of NVIDIA's toolkit
 * @param note is told which cards are left out, and why
 */
export async function measure(
  cases: readonly Case[],
  cards: readonly Card[],
  { checkout, cuda, note }: { checkout: string; cuda: string | undefined; note: (line: string) => void },
): Promise<Measurement[]> {
  const amd = cards.filter(({ maker }) => maker === 'AMD');
  const nvidia = cards.filter(({ maker }) => maker === 'NVIDIA');
  const results = new Map<string, Measurement>();
  const put = (one: Case, card: Card, program: () => Program): void => {
    try {
      results.set(`${card.id} ${one.name}`, { one, card, cost: costOf(program(), one, card) });
    } catch (error) {
      results.set(`${card.id} ${one.name}`, { one, card, reason: faultOf(error as Error) });
    }
  };
  const tasks: (() => Promise<void>)[] = [];

  const missing = amd.length > 0 ? missingForRadv() : undefined;
  if (missing !== undefined) note(`AMD's cards are left out: ${missing}`);
  const radv = amd.length > 0 && missing === undefined ? new Radv(checkout) : undefined;
  if (radv !== undefined) {
    for (const card of amd) {
      for (const part of parts(distinct(cases), Math.ceil(availableParallelism() / amd.length))) {
        tasks.push(async () => {
          const kernels = part.map(([one]) => ({
            ...one,
            constants: { ...one.constants },
            entries: [...one.entries],
          }));
          const texts = await radv.compile(card.id, 'asm,shaderstats', kernels);
          for (const same of part) {
            for (const one of same) put(one, card, () => parseRadv(texts.get(same[0].name)!));
          }
        });
      }
    }
  }

  const toolkit = nvidia.length > 0 ? findToolkit(cuda) : undefined;
  if (nvidia.length > 0 && toolkit === undefined) note(WITHOUT_CUDA);
  if (toolkit !== undefined) {
    const ids = nvidia.map(({ id }) => id);
    for (const same of distinct(cases)) {
      tasks.push(async () => {
        const programs = await compileCuda(toolkit, same[0], ids).catch((error: Error) => error);
        for (const one of same) {
          for (const card of nvidia) {
            put(one, card, () => {
              if (programs instanceof Error) throw programs;
              return programs.get(card.id)!;
            });
          }
        }
      });
    }
  }
  try {
    await parallel(tasks);
  } finally {
    radv?.close();
  }
  return cases.flatMap((one) => cards.flatMap((card) => results.get(`${card.id} ${one.name}`) ?? []));
}

/** Cases with the same code and the same constants, such as those of float32 and int32, are compiled once. */
function distinct(cases: readonly Case[]): Case[][] {
  const groups = new Map<string, Case[]>();
  for (const one of cases) {
    const id = `${one.code} ${one.entryPoint} ${JSON.stringify(one.constants)}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** Items in so many parts of about the same length. */
function parts<T>(items: readonly T[], count: number): T[][] {
  const length = Math.ceil(items.length / count);
  return Array.from({ length: count }, (_, i) => items.slice(i * length, (i + 1) * length)).filter(
    (part) => part.length > 0,
  );
}
