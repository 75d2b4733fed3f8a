import { beforeAll, describe, test } from 'vitest';
import { openRunner, type Runner } from './runner';
import { currentTarget, driversRequired } from './target';

/**
 * A suite on the GPU, written once and run by every project of projects.ts but `unit`.
 * The body receives a function that gives the runner, open before its first test.
 * Where the driver is missing the tests are skipped and the reason stands in the suite's name.
 */
export function describeGpu(title: string, body: (runner: () => Runner) => void): void {
  describeWhere(title, () => {
    let runner: Runner | undefined;
    beforeAll(async () => {
      runner = await openRunner();
    });
    body(() => {
      if (!runner) throw new Error('the runner is open while tests run, not before');
      return runner;
    });
  });
}

/** A suite of test/dawn, on what only a runner in this process has: the device itself. */
export function describeDawn(title: string, body: (runner: () => Required<Runner>) => void): void {
  describeGpu(title, body as (runner: () => Runner) => void);
}

export function describeWhere(title: string, body: () => void): void {
  const { name, skip } = currentTarget();
  if (!skip) {
    describe(title, body);
    return;
  }
  describe.skip(`${title} [${name} skipped: ${skip}]`, body);
  if (driversRequired()) {
    test(`${title}: ${name} is required here`, () => {
      throw new Error(`${name} cannot run: ${skip}`);
    });
  }
}
