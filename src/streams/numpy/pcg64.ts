const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
const MASK = (1n << 128n) - 1n;

/** The state of PCG64: integers of 128 bits. */
export interface Pcg64State {
  readonly state: bigint;
  readonly increment: bigint;
}

/**
 * The state that NumPy makes of eight words of a SeedSequence.
 */
export function seededPcg64(words: Uint32Array): Pcg64State {
  // Four integers of 64 bits, low word first, in two pairs, the high one first.
  const integer = (a: number): bigint => {
    const [lo, hi, lower, upper] = [words[a + 2], words[a + 3], words[a], words[a + 1]].map(BigInt);
    return (upper << 96n) | (lower << 64n) | (hi << 32n) | lo;
  };
  const increment = ((integer(4) << 1n) | 1n) & MASK;
  const state = ((increment + integer(0)) * MULTIPLIER + increment) & MASK;
  return { state, increment };
}

/** The state `count` outputs later. */
export function advanced({ state, increment }: Pcg64State, count: number): Pcg64State {
  // x -> factor x + term, squared again and again (Brown, Random number generation with arbitrary strides, 1994).
  let factor = 1n;
  let term = 0n;
  let power = MULTIPLIER;
  let step = increment;
  for (let rest = count; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      factor = (factor * power) & MASK;
      term = (term * power + step) & MASK;
    }
    step = (step * (power + 1n)) & MASK;
    power = (power * power) & MASK;
  }
  return { state: (state * factor + term) & MASK, increment };
}

/** Limbs of 24 bits, whose products and sums of six are exact in a double. */
const LIMB = 2 ** 24;
const INVERSE = 2 ** -24;
const LIMBS = 6;

function limbsOf(integer: bigint): number[] {
  return Array.from({ length: LIMBS }, (_, i) => Number((integer >> BigInt(24 * i)) & 0xffffffn));
}

const [M0, M1, M2, M3, M4, M5] = limbsOf(MULTIPLIER);

/**
 * PCG XSL RR 128/64: the outputs that follow a state, two words each, low word first, into `out`.
 * @returns the state after them
 * @see O'Neill, PCG: A family of simple fast space-efficient statistically good algorithms for random number
 *   generation, 2014, https://www.pcg-random.org/pdf/hmc-cs-2014-0905.pdf
 */
export function fillPcg64({ state, increment }: Pcg64State, out: Uint32Array): Pcg64State {
  let [a0, a1, a2, a3, a4, a5] = limbsOf(state);
  const [i0, i1, i2, i3, i4, i5] = limbsOf(increment);
  for (let at = 0; at < out.length; at += 2) {
    const c0 = a0 * M0 + i0;
    const k0 = Math.floor(c0 * INVERSE);
    const c1 = a0 * M1 + a1 * M0 + i1 + k0;
    const k1 = Math.floor(c1 * INVERSE);
    const c2 = a0 * M2 + a1 * M1 + a2 * M0 + i2 + k1;
    const k2 = Math.floor(c2 * INVERSE);
    const c3 = a0 * M3 + a1 * M2 + a2 * M1 + a3 * M0 + i3 + k2;
    const k3 = Math.floor(c3 * INVERSE);
    const c4 = a0 * M4 + a1 * M3 + a2 * M2 + a3 * M1 + a4 * M0 + i4 + k3;
    const k4 = Math.floor(c4 * INVERSE);
    const c5 = a0 * M5 + a1 * M4 + a2 * M3 + a3 * M2 + a4 * M1 + a5 * M0 + i5 + k4;
    a0 = c0 - k0 * LIMB;
    a1 = c1 - k1 * LIMB;
    a2 = c2 - k2 * LIMB;
    a3 = c3 - k3 * LIMB;
    a4 = c4 - k4 * LIMB;
    a5 = c5 - Math.floor(c5 * 2 ** -8) * 256;
    const n1 = a1 | 0;
    const n2 = a2 | 0;
    const top = a4 | (a5 << 24);
    const lo = (a0 | (n1 << 24)) ^ ((n2 >>> 16) | (a3 << 8));
    const hi = ((n1 >>> 8) | (n2 << 16)) ^ top;
    // Rotated to the right by the six upper bits of the state.
    const swap = top < 0;
    const shift = (top >>> 26) & 31;
    const first = swap ? hi : lo;
    const second = swap ? lo : hi;
    out[at] = shift === 0 ? first : (first >>> shift) | (second << (32 - shift));
    out[at + 1] = shift === 0 ? second : (second >>> shift) | (first << (32 - shift));
  }
  const integer = [a0, a1, a2, a3, a4, a5].reduceRight((sum, limb) => (sum << 24n) | BigInt(limb), 0n);
  return { state: integer, increment };
}
