import { expect, it } from 'vitest';
import { isWellFormed } from '../../src/core/unicode';

it.each([
  ['', true],
  ['weights/größe', true],
  ['\u{1f600}', true],
  ['\ud83d\ude00', true],
  ['\ud83d', false],
  ['a\ude00b', false],
  ['\ude00\ud83d', false],
])('%j is well-formed: %s', (text, expected) => {
  expect(isWellFormed(text)).toBe(expected);
});
