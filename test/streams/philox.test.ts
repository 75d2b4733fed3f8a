import { describe, expect, it } from 'vitest';
import { philox4x32 } from '../../src/streams/philox';
import { PHILOX_KNOWN_ANSWERS } from '../vectors/philox';

describe('Philox4x32-10', () => {
  it.each(PHILOX_KNOWN_ANSWERS)(
    'gives the published words for counter $counter and key $key',
    ({ counter, key, words }) => {
      const out = new Uint32Array(4);
      philox4x32(counter[0], counter[1], counter[2], counter[3], key[0], key[1], out);
      expect([...out]).toEqual(words);
    },
  );
});
