import { afterAll, beforeAll, expect, it } from 'vitest';
import { DeviceError, type FillRequest, Sampler } from '../../src/index';
import { describeDawn } from '../harness/describe';
import { type Fault, FaultyDevice } from '../support/faulty_device';

const REQUESTS: FillRequest[] = [
  { name: 'a', initializer: 'he_normal', shape: [10, 30] },
  { name: 'b', initializer: 'orthogonal', shape: [40, 37] },
  { name: 'c', initializer: 'zeros', shape: [5], dtype: 'float16' },
];

/** What a verb has brought to the host; empty where it brings nothing there. */
type Bytes = readonly Uint8Array[];

/** Uses of the sampler from beginning to end. Each frees what it got. */
const VERBS: Record<string, (sampler: Sampler, place: GPUBuffer) => Promise<Bytes>> = {
  fill: (sampler) => dataOf(sampler, [{ initializer: 'normal', shape: [300] }]),
  'fill of an orthogonal': (sampler) => dataOf(sampler, [REQUESTS[1]]),
  fillAll: (sampler) => dataOf(sampler, REQUESTS),
  'fill of ones': (sampler) => dataOf(sampler, [{ initializer: 'ones', shape: [300] }]),
  'chunks of ones': (sampler) => chunksOf(sampler, 'ones'),
  async 'fill in a buffer'(sampler, buffer) {
    const options = { seed: 1, buffer, byteOffset: 64, onProgress: (): void => undefined };
    const tensor = await sampler.fill('uniform', [99], options);
    return [new Uint8Array((await tensor.data()).buffer)];
  },
  chunks: (sampler) => chunksOf(sampler, 'normal'),
  async chunksOfAll(sampler) {
    const all: Uint8Array[] = [];
    for await (const { bytes } of sampler.chunksOfAll(REQUESTS, { seed: 1, chunkBytes: 4096 }))
      all.push(bytes.slice());
    return all;
  },
  async prepare(sampler, buffer) {
    const prepared = await sampler.prepare('normal', [300], { seed: 1, buffer, slots: 2 });
    prepared.destroy();
    return [];
  },
  async 'prepare with a key in a buffer'(sampler, buffer) {
    const prepared = await sampler.prepare('normal', [300], { keys: { buffer, byteOffset: 4096 }, buffer });
    prepared.destroy();
    return [];
  },
  async prepareAll(sampler, buffer) {
    let byteOffset = 0;
    const requests = REQUESTS.map((request) => ({
      ...request,
      buffer,
      byteOffset: (byteOffset += 8192) - 8192,
    }));
    const prepared = await sampler.prepareAll(requests, { seed: 1 });
    prepared.reseed(2);
    prepared.destroy();
    return [];
  },
  async encode(sampler, buffer) {
    sampler.encode(sampler.device!.createCommandEncoder(), 'normal', [300], { seed: 1, buffer });
    return [];
  },
  async 'encode of an orthogonal'(sampler, buffer) {
    sampler.encode(sampler.device!.createCommandEncoder(), 'orthogonal', [40, 37], { seed: 1, buffer });
    return [];
  },
};

/** The buffer of the caller's that some verbs write to. */
function placeOn(device: GPUDevice): GPUBuffer {
  return device.createBuffer({ size: 24576, usage: 0x84 });
}

async function chunksOf(sampler: Sampler, initializer: string): Promise<Bytes> {
  const all: Uint8Array[] = [];
  for await (const bytes of sampler.chunks(initializer, [300], { seed: 1, chunkBytes: 512 }))
    all.push(bytes.slice());
  return all;
}

async function dataOf(sampler: Sampler, requests: readonly FillRequest[]): Promise<Bytes> {
  const tensors = await sampler.fillAll(
    requests.map((request) => ({ ...request, name: request.name ?? 'x' })),
    { seed: 1 },
  );
  try {
    const data: Uint8Array[] = [];
    for (const tensor of tensors) data.push(new Uint8Array((await tensor.data()).buffer));
    return data;
  } finally {
    for (const tensor of tensors) tensor.destroy();
  }
}

/** How a call ended. */
type End = { readonly bytes: Bytes } | { readonly error: unknown };

async function endOf(call: Promise<Bytes>, ms: number): Promise<End> {
  let timer: NodeJS.Timeout;
  const late = new Promise<End>((resolve) => {
    timer = setTimeout(() => resolve({ error: `nothing within ${ms} ms` }), ms);
  });
  const end = call.then(
    (bytes): End => ({ bytes }),
    (error: unknown): End => ({ error }),
  );
  return Promise.race([end, late]).finally(() => clearTimeout(timer));
}

/** The message of an error of ours, in one line; of anything else what is wrong with it. */
function lineOf(error: unknown): string {
  if (!(error instanceof DeviceError)) return `no DeviceError: ${String(error)}`;
  return error.message.includes('\n') ? `several lines: ${error.message}` : error.message;
}

/** How long a call may take that does not end by itself. */
const MOST_MS = 30_000;

async function run(device: GPUDevice, verb: string, fault: Fault, at: number, buffer: GPUBuffer) {
  const faulty = new FaultyDevice(device, fault, at);
  const call = VERBS[verb](Sampler.on(faulty.device), buffer);
  return { at, faulty, end: await endOf(call, MOST_MS) };
}

describeDawn('a device that fails at any one of its calls', (runner) => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  beforeAll(() => void process.on('unhandledRejection', note));
  afterAll(() => void process.off('unhandledRejection', note));

  const faults = ['throws', 'is reported', 'loses the device', 'loses it, told late'] as const;
  it.each(
    Object.keys(VERBS)
      .filter((verb) => !verb.includes('ones'))
      .flatMap((verb) => faults.map((fault) => [verb, fault] as const)),
  )('%s, where a call %s: one line or the right bytes, and no buffer is left', async (verb, fault) => {
    unhandled.length = 0;
    const buffer = placeOn(runner().device);
    const { faulty: whole, end } = await run(runner().device, verb, fault, Infinity, buffer);
    if (!('bytes' in end)) throw end.error;
    if (!verb.startsWith('encode')) expect(whole.alive.size).toBe(0);

    const runs = await Promise.all(whole.calls.map((_, at) => run(runner().device, verb, fault, at, buffer)));
    for (const { at, faulty, end: got } of runs) {
      const where = `${whole.calls[at]}, call ${at} of ${whole.calls.length}`;
      if ('bytes' in got) {
        expect(got.bytes, where).toEqual(end.bytes);
        if (verb.startsWith('encode')) continue;
      } else {
        expect(lineOf(got.error), where).toMatch(
          /^(WebGPU refused|out of GPU memory|the GPU device was lost)/,
        );
      }
      expect(faulty.alive.size, `buffers alive after ${where}`).toBe(0);
    }
    // That every fault is noticed: there are calls at which each verb must fail. `encode` waits for nothing, and
    // `prepare` may be done before a late loss is told, which concerns what is submitted afterwards.
    const failed = runs.filter(({ end: got }) => 'error' in got).length;
    const mayMissIt =
      (verb.startsWith('encode') && fault !== 'throws') ||
      (verb.startsWith('prepare') && fault === 'loses it, told late');
    if (!mayMissIt) expect(failed).toBeGreaterThan(0);
    expect(unhandled).toEqual([]);
    buffer.destroy();
  });
});

describeDawn('a device that is destroyed at any one of its calls', (runner) => {
  // Each time the kernel is compiled anew, so it is the simplest.
  it.each(['fill of ones', 'chunks of ones'])(
    '%s rejects with the loss, or has the right bytes',
    async (verb) => {
      const spare = placeOn(runner().device);
      const { faulty: whole, end: right } = await run(runner().device, verb, 'destroys it', Infinity, spare);
      spare.destroy();
      for (let at = 0; at < whole.calls.length; at++) {
        const device = await (await runner().gpu.requestAdapter())!.requestDevice();
        const { end } = await run(device, verb, 'destroys it', at, placeOn(device));
        const where = `${whole.calls[at]}, call ${at} of ${whole.calls.length}`;
        if ('error' in end)
          expect(lineOf(end.error), where).toMatch(/^the GPU device was lost \(destroyed\)/);
        else expect(end, where).toEqual(right);
        device.destroy();
      }
    },
  );
});
