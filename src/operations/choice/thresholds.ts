/** The most that a probability counts. It leaves 24 bits for the number of probabilities. */
const WEIGHT_BITS = 39;

/**
 * The thresholds of probabilities, 64 bits each as two words, the lower first: index i is chosen for the words from the
 * threshold before it up to its own. A probability counts as an integer, in units of 2^-39 of the largest.
 * @param probabilities finite numbers >= 0 that are not all 0
 */
export function thresholdsOf(probabilities: Float64Array): Uint32Array<ArrayBuffer> {
  const largest = probabilities.reduce((a, b) => Math.max(a, b));
  const weight = (each: number): number => Math.round((each / largest) * 2 ** WEIGHT_BITS);
  let total = 0n;
  for (const each of probabilities) total += BigInt(weight(each));
  const thresholds = new Uint32Array(2 * probabilities.length);
  let sum = 0n;
  let word = 0n;
  probabilities.forEach((each, i) => {
    const added = weight(each);
    if (added > 0) {
      sum += BigInt(added);
      word = ((sum << 64n) + total - 1n) / total;
      if (sum === total) word--; // The last stands for 2^64.
    }
    thresholds[2 * i] = Number(word & 0xffffffffn);
    thresholds[2 * i + 1] = Number(word >> 32n);
  });
  return thresholds;
}
