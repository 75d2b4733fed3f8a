import { exp, log, oneMinusExp } from './elementary';

/** The number log(e^x - 1), whose softplus is x, a normal number > 0: within 2^-48, relative to it or to 1. */
export function inverseSoftplus(x: number): number {
  return x + log(oneMinusExp(x));
}

/** What turns words into inverse softpluses of log-uniform numbers in [low, high), which are at least `floor`. */
export function inverseSoftplusElements(
  low: number,
  high: number,
  floor: number,
): (start: number, out: Uint32Array<ArrayBuffer>) => void {
  const from = log(low);
  const span = log(high) - from;
  return (_, words) => {
    const out = new Float32Array(words.buffer, words.byteOffset, words.length);
    words.forEach((word, i) => {
      out[i] = inverseSoftplus(Math.max(exp((word / 2 ** 32) * span + from), floor));
    });
  };
}
