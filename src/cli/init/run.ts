import type { BackendChoice, Sampler } from '../../index';
import { openSampler } from '../options';
import { Timings } from '../stopwatch';
import type { CheckResult } from './element_check';
import type { ModelOutput } from './model_output';

/** How a run computes and checks its files, one after the other. */
export class Run {
  readonly timings = new Timings();
  private opening: Promise<Sampler> | undefined;

  constructor(
    private readonly backend: BackendChoice,
    readonly verifies: boolean,
    /** Whether files that are there are overwritten. */
    readonly force: boolean,
    /** The URL of the bundled command line, which threads load. */
    readonly script: string,
  ) {}

  /** The sampler, which is opened when it is first asked for. */
  sampler(): Promise<Sampler> {
    return (this.opening ??= openSampler(this.backend));
  }

  /** Ends what the run uses. */
  async end(): Promise<void> {
    await this.opening?.then(
      (sampler) => sampler.destroy(),
      () => {}, // who asked for it has the fault
    );
  }
}

/** What came of one file. */
export interface Outcome {
  /** The file as it is. */
  readonly output: ModelOutput;
  /** With --verify, what was found in each tensor, by its name. */
  readonly checked: ReadonlyMap<string, CheckResult> | undefined;
  /** Why the file is not written. */
  readonly fault?: Error | undefined;
}
