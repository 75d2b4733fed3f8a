import { describe, expect, it } from 'vitest';
import { Mt19937, seededMt19937 } from '../../src/streams/mt19937';

describe('MT19937', () => {
  // The known answer of the C++ standard, [rand.predef], for the default seed.
  it('gives 4123659995 as the 10000th word of seed 5489', () => {
    const mt = new Mt19937(seededMt19937(5489));
    mt.skip(9999);
    expect(mt.next()).toBe(4123659995);
  });

  // numpy.random.RandomState(seed).randint(0, 2**32, 5, dtype='uint32'), whose integer seeds are init_genrand's.
  it.each([
    [0, [2357136044, 2546248239, 3071714933, 3626093760, 2588848963]],
    [5489, [3499211612, 581869302, 3890346734, 3586334585, 545404204]],
    [4294967295, [419326371, 479346978, 3918654476, 2416749639, 3388880820]],
  ])('gives the words of seed %i', (seed, words) => {
    expect([...new Mt19937(seededMt19937(seed)).take(5)]).toEqual(words);
  });

  it('gives the same words one by one, at once, and after a skip', () => {
    const whole = new Mt19937(seededMt19937(7)).take(3000);
    for (const skip of [0, 1, 623, 624, 625, 1248, 2999]) {
      const mt = new Mt19937(seededMt19937(7));
      mt.skip(skip);
      const { state } = mt;
      expect(mt.next()).toBe(whole[skip]);
      expect([...new Mt19937(state).take(3000 - skip)]).toEqual([...whole.subarray(skip)]);
    }
  });
});
