// Polynomials that minimise the largest error, for the scripts that compute constants. They use only + - * / on
// doubles. IEEE 754 fixes their results to the last bit, so every machine gets the same constants.
import { readFileSync, writeFileSync } from 'node:fs';

/** @typedef {(x: number) => number} Fn */

// ---------------------------------------------------------------- elementary functions by series
export const PI = 3.141592653589793;

/**
 * ln((1 + s) / (1 - s)) = 2 (s + s^3/3 + s^5/5 + ...)
 *
 * @param {number} s
 */
function twiceArtanh(s) {
  let sum = 0;
  for (let k = 199; k >= 1; k -= 2) sum = sum * s * s + 1 / k;
  return 2 * s * sum;
}
/** @type {Fn} */
export const ln = (x) => twiceArtanh((x - 1) / (x + 1)); // for x in [1, 2]

/**
 * The sum of (-1)^k x^k / (first + 2k)! for k = 0, 1, ... relative to 1/first!, which is the series of sine
 * and cosine.
 *
 * @param {number} x
 * @param {number} first
 */
export function alternating(x, first) {
  let sum = 0;
  for (let k = 14; k >= 1; k--) sum = (-x / ((first + 2 * k) * (first + 2 * k - 1))) * (1 + sum);
  return 1 + sum;
}
/** @type {Fn} */
const cosine = (x) => alternating(x * x, 0);

// ---------------------------------------------------------------- Remez exchange, weighted
/**
 * @param {number[][]} matrix
 * @param {number[]} right
 */
function solve(matrix, right) {
  const n = right.length;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(matrix[r][c]) > Math.abs(matrix[pivot][c])) pivot = r;
    [matrix[c], matrix[pivot]] = [matrix[pivot], matrix[c]];
    [right[c], right[pivot]] = [right[pivot], right[c]];
    for (let r = c + 1; r < n; r++) {
      const f = matrix[r][c] / matrix[c][c];
      for (let k = c; k < n; k++) matrix[r][k] -= f * matrix[c][k];
      right[r] -= f * right[c];
    }
  }
  for (let r = n - 1; r >= 0; r--) {
    for (let k = r + 1; k < n; k++) right[r] -= matrix[r][k] * right[k];
    right[r] /= matrix[r][r];
  }
  return right;
}

/**
 * The coefficients of the polynomial p of degree `degree` that minimises max |weight(x) (p(x) - f(x))| on
 * [lo, hi].
 *
 * @param {Fn} f
 * @param {Fn} weight
 * @param {number} degree
 * @param {number} lo
 * @param {number} hi
 */
export function remez(f, weight, degree, lo, hi) {
  const points = degree + 2,
    grid = 20000;
  /** @type {Fn} */
  const at = (i) => lo + ((hi - lo) * i) / grid;
  let nodes = Array.from({ length: points }, (_, i) =>
    Math.min(grid - 1, Math.max(1, Math.round(grid * (0.5 - 0.5 * cosine((PI * (i + 0.5)) / points))))),
  );
  /** @type {number[]} */
  let p = [];
  for (let round = 0; round < 30; round++) {
    p = solve(
      nodes.map((i, k) => {
        const x = at(i),
          row = [];
        for (let d = 0, power = 1; d <= degree; d++, power *= x) row.push(power);
        row.push((k % 2 ? -1 : 1) / weight(x));
        return row;
      }),
      nodes.map((i) => f(at(i))),
    ).slice(0, degree + 1);
    // There is one extremum of the error between two of its zeros.
    const extrema = [];
    let best = -1,
      bestError = 0;
    for (let i = 1; i < grid; i++) {
      const x = at(i),
        e = weight(x) * (evaluate(p, x) - f(x));
      if (best >= 0 && e > 0 !== bestError > 0) {
        extrema.push([best, bestError]);
        best = -1;
      }
      if (best < 0 || Math.abs(e) > Math.abs(bestError)) {
        best = i;
        bestError = e;
      }
    }
    extrema.push([best, bestError]);
    while (extrema.length > points) {
      if (Math.abs(extrema[0][1]) < Math.abs(extrema[extrema.length - 1][1])) extrema.shift();
      else extrema.pop();
    }
    if (extrema.length < points) break;
    const next = extrema.map((e) => e[0]);
    if (next.every((v, i) => v === nodes[i])) break;
    nodes = next;
  }
  let worst = 0;
  for (let i = 1; i <= grid; i++) {
    const x = at(i);
    worst = Math.max(worst, Math.abs(weight(x) * (evaluate(p, x) - f(x))));
  }
  return { p, worst };
}
/** @type {(p: number[], x: number) => number} */
export const evaluate = (p, x) => p.reduceRight((sum, c) => sum * x + c, 0);

// ---------------------------------------------------------------- writing
/**
 * Puts constants between the markers in files, or with --check says which files have others, and exits 1.
 *
 * @param {(readonly [path: string, text: string])[]} targets paths from this folder
 */
export function writeConstants(targets) {
  const check = process.argv.includes('--check');
  for (const [name, text] of targets) {
    const path = new URL(name, import.meta.url);
    const old = readFileSync(path, 'utf8');
    const now = old.replace(
      /(\/\/ BEGIN generated[^\n]*\n)[\s\S]*?(\/\/ END generated)/,
      (_, a, b) => `${a}${text}\n${b}`,
    );
    if (check && now !== old) {
      console.error(`${name}: constants differ from those computed here`);
      process.exitCode = 1;
    }
    if (!check) writeFileSync(path, now);
  }
}
