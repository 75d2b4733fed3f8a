/** The words of the pool that entropy is mixed into. */
const POOL = 4;

const INIT_A = 0x43b0d7e5;
const MULT_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULT_B = 0x58f38ded;
const MIX_L = 0xca01f9dd;
const MIX_R = 0x4973f715;

/** Hashes words, each with the next constant of a sequence. */
function hasher(init: number, multiplier: number): (value: number) => number {
  let constant = init;
  return (value) => {
    const mixed = value ^ constant;
    constant = Math.imul(constant, multiplier);
    const product = Math.imul(mixed, constant);
    return product ^ (product >>> 16);
  };
}

function mix(x: number, y: number): number {
  const difference = Math.imul(MIX_L, x) - Math.imul(MIX_R, y);
  return difference ^ (difference >>> 16);
}

/**
 * The first `count` words of NumPy's SeedSequence.
 * @param entropy the words of the seed, low word first
 * @param spawnKey the words of the spawn key
 * @see O'Neill, Developing a seed_seq alternative, 2015, https://www.pcg-random.org/posts/developing-a-seed_seq-alternative.html
 */
export function seedWords(
  entropy: readonly number[],
  spawnKey: readonly number[],
  count: number,
): Uint32Array<ArrayBuffer> {
  const padding = spawnKey.length === 0 ? 0 : Math.max(POOL - entropy.length, 0);
  const words = [...entropy, ...new Array<number>(padding).fill(0), ...spawnKey];
  const hash = hasher(INIT_A, MULT_A);
  const pool = Array.from({ length: POOL }, (_, i) => hash(words[i] ?? 0));
  for (let from = 0; from < POOL; from++)
    for (let to = 0; to < POOL; to++) if (to !== from) pool[to] = mix(pool[to], hash(pool[from]));
  for (let from = POOL; from < words.length; from++)
    for (let to = 0; to < POOL; to++) pool[to] = mix(pool[to], hash(words[from]));
  const output = hasher(INIT_B, MULT_B);
  return Uint32Array.from({ length: count }, (_, i) => output(pool[i % POOL]));
}
