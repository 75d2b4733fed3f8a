import fc from 'fast-check';
import type { Property } from './property';
import { openWatchdog, type Watchdog } from './watchdog';

/** An input that takes more time of the processor is a failure. Most take milliseconds. */
const BUDGET_MS = 10_000;
/** One that does not end for so long is one, too, however busy the machine is. */
const PATIENCE_MS = 60_000;

export interface RunOptions {
  readonly seed: number;
  /** Where to begin: the path that a failure has printed. */
  readonly path?: string;
  /** How many inputs to try at most. */
  readonly runs?: number;
  /** No input is begun, or made smaller, after this time. */
  readonly milliseconds?: number;
  /** Called before each input. */
  readonly onInput?: () => void;
}

export interface Report {
  readonly runs: number;
  /** The smallest input found that breaks the promise, why, and where it was found. */
  readonly failure?: { readonly input: string; readonly reason: string; readonly path: string };
}

/** Tries a property on random inputs, and makes the first input that breaks it as small as it can. */
export async function runProperty<Input>(
  property: Property<Input>,
  { seed, path, runs = 2 ** 31 - 1, milliseconds, onInput }: RunOptions,
): Promise<Report> {
  const watchdog = openWatchdog(property.name);
  const rejections: unknown[] = [];
  const listen = (reason: unknown): void => void rejections.push(reason);
  process.on('unhandledRejection', listen);
  let trying: Promise<void> = Promise.resolve();
  try {
    const tried = fc.asyncProperty(property.inputs, async (input) => {
      onInput?.();
      trying = tryInput(property, input, watchdog);
      await trying;
      await new Promise((resolve) => setImmediate(resolve)); // Unhandled rejections are reported by now.
      if (rejections.length > 0) throw new Error(`a rejection that nobody handles: ${rejections.splice(0)}`);
    });
    const details = await fc.check(tried, {
      seed,
      ...(path !== undefined && { path }),
      numRuns: runs,
      ...(milliseconds !== undefined && { interruptAfterTimeLimit: milliseconds }),
    });
    await trying.catch(() => {}); // When the time is up, one input is still being tried.
    if (!details.failed) return { runs: details.numRuns };
    const { counterexample, counterexamplePath, errorInstance } = details;
    const reason = errorInstance instanceof Error ? errorInstance.stack! : String(errorInstance);
    return {
      runs: details.numRuns,
      failure: { input: fc.stringify(counterexample?.[0]), reason, path: counterexamplePath ?? '' },
    };
  } finally {
    process.off('unhandledRejection', listen);
    await watchdog.close();
  }
}

/** Tries one input, and rejects where it breaks the property or takes too long. */
export async function tryInput<Input>(
  property: Property<Input>,
  input: Input,
  watchdog: Watchdog,
): Promise<void> {
  watchdog.begin(fc.stringify(input));
  const begin = process.cpuUsage();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    await Promise.race([property.check(input), late]);
  } finally {
    clearTimeout(timer);
    watchdog.end();
  }
  const { user, system } = process.cpuUsage(begin);
  const took = (user + system) / 1000;
  if (took > BUDGET_MS) throw new Error(`took ${took.toFixed(0)} ms, more than ${BUDGET_MS}`);
}
