import { expect } from 'vitest';
import { type Dtype, type Filling, initializers, type Sampler, type Tensor } from '../../src/index';
import { expectSameBytes } from '../support/bytes';

/** What fills tensors of the shape [6, 4], in every form that a filling has. */
const FILLINGS: readonly Filling[] = [
  'zeros',
  'he_normal',
  'heUniform',
  'xavier_uniform_',
  'orthogonal_',
  'bits',
  { class_name: 'RandomNormal', config: { mean: 1, stddev: 2 } },
  { class_name: 'RandomUniform', config: { minval: -1, maxval: 3, seed: 9 } },
  initializers.truncatedNormal({ lower: -Infinity, seed: 2n ** 64n - 1n }),
  initializers.glorotNormal({ inputAxes: [1], outputAxes: [0] }),
  initializers.identity({ gain: -2 }),
  initializers.constant({ value: true }),
  initializers.LecunNormal,
  initializers.lecunUniform,
  [
    { shape: [2, 4], initializer: 'he_normal' },
    { shape: [16], initializer: initializers.randomUniform() },
  ],
  {
    className: 'Own',
    resolve: () => ({ kind: 'uniform', low: 0, high: 2 }),
    getConfig: () => ({}),
  },
];

const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The tensor, made again from what it tells, by value and by what JSON keeps of it. */
export async function expectMadeAgain(sampler: Sampler, tensor: Tensor): Promise<void> {
  const { initializer, shape, key, dtype, range, math } = tensor;
  const want = await tensor.data();
  const bytesOf = (data: typeof want): Uint8Array =>
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const again = await sampler.fill(initializer, shape, { seed: key, dtype, range, math });
  expectSameBytes(bytesOf(await again.data()), bytesOf(want));
  expect(again.initializer).toEqual(initializer);
  expect(again.key.value).toBe(key.value);
  again.destroy();
  if (initializers.isInitializer(initializer)) return; // what is the caller's own has no JSON
  const sent = copyOf({ initializer, shape, seed: key, dtype, range, math });
  const [received] = await sampler.fillAll([sent]);
  expectSameBytes(bytesOf(await received.data()), bytesOf(want));
  received.destroy();
}

/** Tensors of fill and of fillAll, with and without a name, a seed and a range, are made again. */
export async function expectAllMadeAgain(
  sampler: Sampler,
  dtypes: readonly Dtype[] = ['float32', 'bfloat16'],
): Promise<void> {
  for (const [i, filling] of FILLINGS.entries()) {
    for (const dtype of filling === 'bits' ? (['uint32'] as const) : dtypes) {
      const name = `tensor/${i}`;
      const tensors = [
        await sampler.fill(filling, [6, 4], { seed: 42, name, dtype }),
        await sampler.fill(filling, [6, 4], { seed: 42, dtype, range: { start: 5, count: 9 } }),
        ...(await sampler.fillAll([{ initializer: filling, shape: [6, 4], name }], { seed: 7, dtype })),
      ];
      // An initializer alone draws a seed of its own, which its key tells.
      if (!Array.isArray(filling) && filling !== 'bits' && !Object.hasOwn(filling as object, 'resolve'))
        tensors.push(await sampler.fill(filling, [6, 4], { name, dtype }));
      expect(tensors.map((tensor) => tensor.name)).toEqual(
        [name, undefined, name, name].slice(0, tensors.length),
      );
      for (const tensor of tensors) {
        await expectMadeAgain(sampler, tensor);
        tensor.destroy();
      }
    }
  }
}
