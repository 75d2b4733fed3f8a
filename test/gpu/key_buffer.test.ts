import { expect, it } from 'vitest';
import { Key, Sampler } from '../../src/index';
import { describeGpu } from '../harness/describe';
import { asLibraryRequest, type FillRequest, type ReplayRequest } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

const KEY = 0xfedcba9876543210n;

/** Names of several segments and pieces, dtypes, ranges off the grid of blocks, and what has no key. */
const REQUESTS: readonly FillRequest[] = (
  [
    { initializer: 'random_normal', shape: [40, 25], name: 'a' },
    { initializer: 'random_uniform', shape: [77], name: 'encoder/layer_0/attention/query/kernel' },
    { initializer: 'truncated_normal', shape: [99], dtype: 'float16', name: 'größe/重み//' },
    { initializer: 'zeros', shape: [5] },
    { initializer: { draw: { kind: 'bits' } }, shape: [60], dtype: 'uint32', name: '' },
    {
      initializer: 'he_normal',
      shape: [50, 7],
      dtype: 'bfloat16',
      name: 'b',
      range: { start: 3, count: 301 },
    },
    {
      initializer: 'random_normal',
      shape: [2 ** 20, 2 ** 20],
      name: 'c',
      range: { start: 2 ** 34 - 5, count: 11 },
    },
  ] as const
).map((request) => ({ ...request, seed: '0' }));

/** What `fill` gives on the CPU, in the layout of `replayBytes`. */
async function expected({ replay, key, step, times, advance = true }: ReplayRequest): Promise<Uint8Array[]> {
  const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  const each = Array.from({ length: times }, async (_, time) => {
    const at = BigInt.asUintN(64, BigInt(step) + BigInt(advance ? time : 0));
    const parts = [new Uint8Array(4)];
    for (const request of replay) {
      const { initializer, shape, ...options } = asLibraryRequest(request);
      const seed = Key.from(BigInt(key)).fold(at);
      const data = await (await cpu.fill(initializer, shape, { ...options, seed })).data();
      const bytes = new Uint8Array(4 * Math.ceil(data.byteLength / 4));
      bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      parts.push(bytes);
    }
    return new Uint8Array(Buffer.concat(parts));
  });
  return Promise.all(each);
}

describeGpu('a key and a step in a GPU buffer', (runner) => {
  async function check(request: ReplayRequest): Promise<void> {
    const bytes = await runner().fill(request);
    const wanted = await expected(request);
    let at = 0;
    for (const [time, part] of wanted.entries()) {
      expectSameBytes(bytes.subarray(at, at + part.length), part, `time ${time}`);
      at += part.length;
    }
    const step = BigInt(request.step) + BigInt(request.advance === false ? 0 : request.times);
    expect([...new BigUint64Array(bytes.slice(at).buffer)]).toEqual([
      BigInt(request.key),
      BigInt.asUintN(64, step),
    ]);
  }

  it.each([0, 4, 256, 1020])('are folded to the keys of all tensors, from byte %i on', (keyOffset) =>
    check({ replay: REQUESTS, key: String(KEY), step: '0', times: 5, keyOffset }),
  );

  it('moves the step on across 2^32, and from 2^64 - 1 to 0', async () => {
    for (const step of [2n ** 32n - 2n, 2n ** 64n - 2n])
      await check({ replay: REQUESTS.slice(0, 2), key: '7', step: String(step), times: 4, keyOffset: 0 });
  });

  it('leaves the step where it is asked to', () =>
    check({ replay: REQUESTS.slice(0, 1), key: '7', step: '12', times: 2, keyOffset: 0, advance: false }));

  it('keys more tensors than one workgroup has invocations', () => {
    const replay = Array.from({ length: 150 }, (_, i): FillRequest => ({
      initializer: 'random_normal',
      shape: [1 + (i % 7)],
      name: `layer_${i}`,
      seed: '0',
    }));
    return check({ replay, key: '1', step: '3', times: 2, keyOffset: 16 });
  });
});
