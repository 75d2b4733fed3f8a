/** Whether this is Node, or Deno or Bun, which have Node's modules, too. */
export function isNode(): boolean {
  return (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node !== undefined;
}

/** How many threads this machine runs at the same time, or 1 where it does not say. */
export async function processors(): Promise<number> {
  if (!isNode())
    return (
      (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator?.hardwareConcurrency ?? 1
    );
  const name = 'node:os'; // It is no literal in the import, so that bundlers for browsers leave it alone.
  const { availableParallelism } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ name
  )) as typeof import('node:os');
  return availableParallelism();
}
