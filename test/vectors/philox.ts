interface KnownAnswer {
  readonly counter: readonly [number, number, number, number];
  readonly key: readonly [number, number];
  readonly words: readonly number[];
}

/**
 * The first three are Random123's (tests/kat_vectors of DEShawResearch/random123, philox4x32 10).
 * The others guard the carry from the counter's first word into its second, and each key word.
 */
export const PHILOX_KNOWN_ANSWERS: readonly KnownAnswer[] = [
  { counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
  { counter: [0xffffffff, 0, 0, 0], key: [0, 0], words: [0xc5b20a9d, 0x4434ec4e, 0x11bbe4fb, 0x2a1ef7a5] },
  { counter: [0, 1, 0, 0], key: [0, 0], words: [0x6ad0c5ec, 0xea236249, 0x73a459f5, 0x074944b3] },
  { counter: [0, 0, 0, 0], key: [0, 1], words: [0xfdde3e0b, 0xfa7e58b6, 0x3380ec46, 0xd8d55c4f] },
  { counter: [0, 0, 0, 0], key: [1, 0], words: [0xe3e80670, 0xe50a0ebc, 0x95f222c0, 0xb615aa27] },
  { counter: [0, 0, 0, 0], key: [42, 0], words: [0x9ceaf053, 0x77f5493b, 0x12bf50ad, 0x5742b3d7] },
];
