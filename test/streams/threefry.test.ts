import { describe, expect, it } from 'vitest';
import { threefry2x32 } from '../../src/streams/threefry';
import vectors from '../vectors/jax/draws.json';

/** The file kat_vectors of Random123 (Salmon et al., 2011), threefry2x32 with 20 rounds. */
const KNOWN_ANSWERS = [
  { counter: [0, 0], key: [0, 0], words: [0x6b200159, 0x99ba4efe] },
  {
    counter: [0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x1cb996fc, 0xbb002be7],
  },
  {
    counter: [0x243f6a88, 0x85a308d3],
    key: [0x13198a2e, 0x03707344],
    words: [0xc4923a9c, 0x483df7a0],
  },
];

describe('Threefry2x32-20', () => {
  it.each([...KNOWN_ANSWERS, ...vectors.threefry])(
    'gives the published words for counter $counter and key $key',
    ({ counter, key, words }) => {
      const out = new Uint32Array(2);
      threefry2x32(counter[0], counter[1], key[0], key[1], out);
      expect([...out]).toEqual(words);
    },
  );
});
