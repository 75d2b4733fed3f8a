import { it } from 'vitest';
import { Sampler } from '../../src/index';
import { expectSameBytes } from '../support/bytes';
import { describeGpu } from '../harness/describe';
import { fillBytes, type FillRequest } from '../harness/request';
import { TestRandom } from '../support/random';

const INITIALIZERS = [
  'zeros',
  'ones',
  'he_normal',
  'glorot_uniform',
  'random_normal',
  'truncated_normal',
  'random_uniform',
  'identity',
  { draw: { kind: 'bits' } },
];

/** Tensors of one to some thousand elements, every initializer and dtype among them. */
function model(count: number): FillRequest[] {
  const random = new TestRandom(11);
  return Array.from({ length: count }, (_, i): FillRequest => {
    const initializer = INITIALIZERS[i % INITIALIZERS.length];
    const dtype =
      typeof initializer === 'object'
        ? 'uint32'
        : (['float32', 'float16', 'bfloat16'] as const)[random.below(3)];
    const shape = [1 + random.below(60), 1 + random.below(60)];
    const start = random.below(2) * random.below(shape[0] * shape[1]);
    return {
      initializer,
      shape,
      dtype,
      range: { start, count: shape[0] * shape[1] - start },
      seed: '42',
      name: `layer_${i}/kernel`,
    };
  });
}

describeGpu('many tensors at once', (runner) => {
  it('are the CPU’s, each with its own initializer, dtype, shape and range', async () => {
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const requests = model(27);
    const all = await runner().fill(requests);
    let at = 0;
    for (const request of requests) {
      const expected = await fillBytes(cpu, request);
      expectSameBytes(all.subarray(at, at + expected.length), expected, request.name);
      at += expected.length;
    }
  });
});
