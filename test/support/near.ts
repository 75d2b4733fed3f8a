import { expect } from 'vitest';

/** Asserts relative closeness. */
export function expectNear(got: number, want: number, tolerance: number, what = 'value'): void {
  const message = `${what}: got ${got}, want ${want}`;
  expect(Math.abs(got - want), message).toBeLessThanOrEqual(tolerance * Math.abs(want));
}
