/**
 * A statistic of matrices that are claimed to be Haar distributed, and what it exceeds with probability 10^-6 at
 * most.
 */
export interface Statistic {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
}

/** Beyond this many standard errors a normal lies with probability 10^-6, both sides together. */
const SIGMAS = 4.9;

/** Kolmogorov and Smirnov: P(D > 2.7 / sqrt(N)) < 2 exp(-2 * 2.7^2) = 9.3e-7. */
const KOLMOGOROV = 2.7;

/** Of 3 x 3 matrices, row-major: each alone must stay below its limit. */
export function haarStatistics(matrices: readonly (readonly number[])[]): Statistic[] {
  const n = 3;
  const statistics: Statistic[] = [];
  for (let i = 0; i < n; i++)
    statistics.push(
      balance(
        `the sign of diagonal element ${i}`,
        matrices.map((q) => q[i * n + i] > 0),
      ),
    );
  statistics.push(
    balance(
      'the sign of the determinant',
      matrices.map((q) => determinant(q) > 0),
    ),
  );
  for (let place = 0; place < n * n; place++) {
    // Each column is uniform on the sphere, so each coordinate on [-1, 1]: Archimedes' hat-box theorem.
    statistics.push(
      uniformity(
        `element ${place}`,
        matrices.map((q) => (q[place] + 1) / 2),
      ),
    );
  }
  for (let column = 0; column < n; column++) {
    // On the sphere E x^4 = 3 / (n (n + 2)) for each coordinate; less where directions crowd at the corners of a cube.
    const powers = matrices.map((q) => q[column] ** 4 + q[n + column] ** 4 + q[2 * n + column] ** 4);
    statistics.push(meanOf(`the fourth powers of column ${column}`, powers, 3 / (n + 2)));
  }
  statistics.push(
    uniformity(
      'the angle of rotation',
      matrices.map((q) => {
        // The trace of a rotation by t is 1 + 2 cos t, a reflection is the negative of one; angles repel: density (1 - cos t) / pi.
        const t = Math.acos(
          Math.min(Math.max((Math.sign(determinant(q)) * (q[0] + q[4] + q[8]) - 1) / 2, -1), 1),
        );
        return (t - Math.sin(t)) / Math.PI;
      }),
    ),
  );
  return statistics;
}

/** How far a fair coin's share of heads is off, in standard errors. */
export function balance(name: string, heads: readonly boolean[]): Statistic {
  const share = heads.filter(Boolean).length - heads.length / 2;
  return { name, value: Math.abs(share) / Math.sqrt(heads.length / 4), limit: SIGMAS };
}

/** How far the distribution of numbers is from the uniform on [0, 1]. */
export function uniformity(name: string, values: readonly number[]): Statistic {
  const sorted = values.toSorted((a, b) => a - b);
  const count = sorted.length;
  const d = sorted.reduce((worst, x, i) => Math.max(worst, x - i / count, (i + 1) / count - x), 0);
  return { name, value: d * Math.sqrt(count), limit: KOLMOGOROV };
}

/** How far the mean of numbers is from what it should be, in standard errors. */
export function meanOf(name: string, values: readonly number[], want: number): Statistic {
  const mean = values.reduce((a, b) => a + b) / values.length;
  const error = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0)) / values.length;
  return { name, value: Math.abs(mean - want) / error, limit: SIGMAS };
}

/** The names of those beyond their limits. */
export function exceeded(statistics: readonly Statistic[]): string[] {
  return statistics
    .filter(({ value, limit }) => !(value < limit))
    .map(({ name, value }) => `${name}: ${value}`);
}

function determinant(q: readonly number[]): number {
  return (
    q[0] * (q[4] * q[8] - q[5] * q[7]) -
    q[1] * (q[3] * q[8] - q[5] * q[6]) +
    q[2] * (q[3] * q[7] - q[4] * q[6])
  );
}
