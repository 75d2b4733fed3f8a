import { oneLine } from '../../src/cli/faults';
import type { CardDescription } from './card';
import { CardProcess } from './card_process';
import { type Environment, vulkanHere } from './vulkan';

/** A driver that has not answered after so long hangs. */
const OPEN_MS = 40_000;

/** The card that is measured, and where it was found. */
export interface FoundCard {
  readonly about: CardDescription;
  readonly environment: Environment;
  readonly process: CardProcess;
}

/** What was tried to find a card. */
export interface Search {
  readonly card: FoundCard | undefined;
  /** Lines for whoever has to mend it. */
  readonly notes: readonly string[];
}

/**
 * Opens the card: of all environments the first in which there is one, and only where there is none a driver that
 * computes on the CPU.
 * @param script the built bench/gpu/child.ts
 * @param adapter the name of an adapter, or a part of it
 * @param carried a folder that may hold a copy of the loader
 */
export async function findCard(
  script: URL,
  adapter: string | undefined,
  carried: string | undefined,
): Promise<Search> {
  const { environments, lacks, found } = vulkanHere(carried);
  const notes = [...lacks, ...found];
  let software: FoundCard | undefined;
  for (const environment of environments) {
    if (environment.software && software !== undefined) continue;
    try {
      const { process, about } = await CardProcess.open(script, environment.env, adapter, OPEN_MS);
      notes.push(`${environment.from}: ${about.adapter.description || about.adapter.device}`);
      if (about.adapter.software !== true) {
        await software?.process.close();
        return { card: { about, environment, process }, notes };
      }
      if (software === undefined) software = { about, environment, process };
      else await process.close();
    } catch (error) {
      notes.push(`${environment.from}: ${oneLine(error)}`);
    }
  }
  return { card: software, notes };
}
