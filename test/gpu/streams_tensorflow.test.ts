import { it } from 'vitest';
import { Sampler, type Dtype } from '../../src/index';
import { describeGpu } from '../harness/describe';
import { fillBytes, type FillRequest } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

const FLOATS: readonly Dtype[] = ['float32', 'float16', 'bfloat16'];
const INTEGERS: readonly Dtype[] = ['uint32', 'int32'];
const TRUNCATED = { kind: 'truncated_normal', lower: -2, upper: 2 };

const DRAWS: readonly (readonly [draw: Record<string, unknown>, dtypes: readonly Dtype[]])[] = [
  [{ kind: 'bits' }, INTEGERS],
  [{ kind: 'foreign', name: 'randint', numbers: [-7, 1000] }, ['int32']],
  [{ kind: 'foreign', name: 'randint', numbers: [-(2 ** 31), 2 ** 31 - 1] }, ['int32']],
  [{ kind: 'uniform', low: 0, high: 1 }, FLOATS],
  [{ kind: 'uniform', low: -0.05, high: 0.1 }, FLOATS],
  [{ kind: 'uniform', low: 3, high: 3.5 }, FLOATS],
  [{ kind: 'uniform', low: -1e-38, high: 1e-38 }, ['float16']], // zeros of both signs once rounded
  [{ kind: 'uniform', low: -1e-38, high: 1 }, FLOATS],
  [{ kind: 'normal', mean: 0, stddev: 1 }, FLOATS],
  [{ kind: 'normal', mean: 1, stddev: 0.02 }, FLOATS],
  [{ kind: 'normal', mean: -1e-5, stddev: 1e-6 }, FLOATS], // subnormal in float16
  [{ ...TRUNCATED, mean: 0, stddev: 0.05 }, FLOATS],
  [{ ...TRUNCATED, mean: -100, stddev: 1e-3 }, FLOATS],
];

/** Ranges that begin and end inside of blocks, and a row of workgroups. */
const SHAPES: readonly Pick<FillRequest, 'shape' | 'range'>[] = [
  { shape: [] },
  { shape: [257, 33] },
  { shape: [1000], range: { start: 5, count: 990 } },
  { shape: [1000], range: { start: 2, count: 511 } },
];

describeGpu('the stream tensorflow', (runner) => {
  async function expectSame(requests: readonly FillRequest[]): Promise<void> {
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const filled = await Promise.all(requests.map((request) => runner().fill(request)));
    for (const [i, request] of requests.entries())
      expectSameBytes(filled[i], await fillBytes(cpu, request), JSON.stringify(request));
  }

  for (const [draw, dtypes] of DRAWS) {
    for (const dtype of dtypes) {
      it(`draws ${JSON.stringify(draw)} in ${dtype} as the CPU does`, async () => {
        const seed = '1311768467463790320';
        await expectSame(
          SHAPES.map((rest) => ({ ...rest, initializer: { draw }, dtype, seed, stream: 'tensorflow' })),
        );
      });
    }
  }

  it('draws far elements as the CPU does', async () => {
    const starts = [4 * 2 ** 24 - 2, 2 ** 34 - 3, 2 ** 53 - 1 - 64];
    await expectSame(
      starts.flatMap((start) =>
        [{ kind: 'bits' }, { kind: 'normal', mean: 0, stddev: 1 }, { ...TRUNCATED, mean: 0, stddev: 1 }].map(
          (draw) => ({
            initializer: { draw },
            shape: [Number.MAX_SAFE_INTEGER],
            range: { start, count: 61 },
            seed: '5',
            stream: 'tensorflow',
          }),
        ),
      ),
    );
  });

  it('draws the radius and the angle of a quarter of a million pairs as the CPU does', async () => {
    await expectSame([{ initializer: 'random_normal', shape: [2 ** 19], seed: '1', stream: 'tensorflow' }]);
  });

  it.each(['glorot_uniform', 'he_normal', 'lecun_uniform', 'truncated_normal', 'random_normal'])(
    'fills %s of Keras as the CPU does',
    async (initializer) => {
      const rest = { shape: [3, 3, 16, 5], seed: '42', name: 'conv/kernel', stream: 'keras/tensorflow' };
      await expectSame([{ ...rest, initializer }]);
    },
  );
});
