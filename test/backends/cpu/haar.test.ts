import { describe, expect, it } from 'vitest';
import { orthonormalize, PlainQr } from '../../../src/backends/cpu/orthogonal/qr';
import { type Initializer, initializers, Sampler } from '../../../src/index';
import { balance, exceeded, haarStatistics, meanOf, uniformity } from '../../support/haar';

const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

/** Independent n x n matrices, one seed each; the seeds are fixed, so a check that passes once passes always. */
const N = 4000;

async function sample(n: number, initializer: Initializer = initializers.orthogonal()): Promise<number[][]> {
  const all: number[][] = [];
  for (let seed = 0; seed < N; seed++)
    all.push(Array.from(await (await cpu.fill(initializer, [n, n], { seed })).data()));
  return all;
}

describe('orthogonal matrices are uniform (Haar)', () => {
  it('3 x 3: signs of the diagonal and determinant, columns on the sphere, angles of rotation', async () => {
    expect(exceeded(haarStatistics(await sample(3)))).toEqual([]);
  });

  it('2 x 2: as many rotations as reflections, and the angles of rotation are uniform', async () => {
    const all = await sample(2);
    const isRotation = (q: number[]): boolean => q[0] * q[3] - q[1] * q[2] > 0;
    const angles = all.filter(isRotation).map((q) => Math.atan2(q[2], q[0]) / (2 * Math.PI) + 0.5);
    expect(exceeded([balance('rotations', all.map(isRotation)), uniformity('angles', angles)])).toEqual([]);
  });

  it('5 x 5: the powers of the trace have the moments of Diaconis and Shahshahani (1994)', async () => {
    const n = 5;
    const all = await sample(n);
    const one = all.map((q) => Array.from({ length: n }, (_, i) => q[i * n + i]).reduce((a, b) => a + b));
    const two = all.map((q) =>
      Array.from({ length: n * n }, (_, at) => q[at] * q[(at % n) * n + Math.floor(at / n)]).reduce(
        (a, b) => a + b,
      ),
    );
    expect(
      exceeded([
        meanOf('tr Q', one, 0),
        meanOf(
          '(tr Q)^2',
          one.map((x) => x ** 2),
          1,
        ),
        meanOf(
          '(tr Q)^4',
          one.map((x) => x ** 4),
          3,
        ),
        meanOf('tr Q^2', two, 1),
        meanOf(
          '(tr Q^2)^2',
          two.map((x) => x ** 2),
          3,
        ),
      ]),
    ).toEqual([]);
  });
});

describe('the Haar checks see', () => {
  it('the signs of a QR that nobody corrected: the first column has the other sign than that of A', async () => {
    const normals = await sample(3, initializers.randomNormal({ stddev: 1 }));
    const plain = (await sample(3)).map((q, seed) =>
      q.map((x, place) => (place % 3 === 0 ? -Math.sign(normals[seed][0]) * x : x)),
    );
    expect(exceeded(haarStatistics(plain)).join()).toMatch('the sign of diagonal element 0');
  });

  it('numbers that are uniform instead of normal', async () => {
    const all = await sample(3, initializers.randomUniform({ minval: -1, maxval: 1 }));
    for (const [at, values] of all.entries()) {
      const a = Float64Array.from(values);
      await orthonormalize(new PlainQr(a, 3, 3), async () => undefined);
      all[at] = Array.from(a);
    }
    expect(exceeded(haarStatistics(all)).join()).toMatch('the fourth powers of column 0');
  });
});
