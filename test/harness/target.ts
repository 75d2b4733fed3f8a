/** The vitest project that a test runs in, and why its tests are skipped where they are. */
export interface Target {
  name: string;
  skip: string;
}

/** Set by projects.ts for the tests' processes. */
export function targetEnv({ name, skip }: Target): Record<string, string> {
  return { TENSORSEED_TARGET: name, TENSORSEED_SKIP: skip };
}

export function currentTarget(): Target {
  const name = process.env.TENSORSEED_TARGET;
  if (!name)
    throw new Error(
      'this test belongs into test/gpu, test/dawn, test/deno or test/runtimes: its project has no GPU',
    );
  return { name, skip: process.env.TENSORSEED_SKIP ?? '' };
}

/** Whether a missing driver is a failure: set where the machine is known to have them all, as in CI. */
export const driversRequired = () => Boolean(process.env.TENSORSEED_REQUIRE_GPU);
