import { expect } from 'vitest';

/** Fails with the first byte that differs, not with both arrays. */
export function expectSameBytes(actual: Uint8Array, expected: Uint8Array, label = ''): void {
  expect(actual.length, `${label} length`).toBe(expected.length);
  const at = actual.findIndex((byte, i) => byte !== expected[i]);
  if (at === -1) return;
  const different = actual.reduce((sum, byte, i) => sum + Number(byte !== expected[i]), 0);
  const words = [actual, expected].map((bytes) =>
    Buffer.from(bytes.subarray(at - (at % 4), at - (at % 4) + 4)).toString('hex'),
  );
  expect.fail(
    `${label} byte ${at} of ${actual.length} differs (${different} do): word ${words[0]}, expected ${words[1]}`,
  );
}
