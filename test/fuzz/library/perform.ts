import type { Encoder } from '../../../src/backends/gpu/commands/recording';
import { bytesPerElement } from '../../../src/core/dtype';
import { ArgumentError, initializers, type KeyData, type Sampler, type Tensor } from '../../../src/index';
import { isHostile, revive } from '../hostile';
import type { Call, Request } from './call';
import { GUARD, type Memory } from './memory';

/** A sampler, and memory that it can write to. */
export interface Machine {
  readonly name: string;
  readonly sampler: Sampler;
  readonly memory: Memory;
}

/** What a call wrote for one tensor. */
export interface Written {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The caller's memory with GUARD in place of the tensor; empty where there is none. */
  readonly around: Uint8Array;
}

/** No more chunks than so many, or of so many bytes, are read: tensors may be huge. */
const MOST_CHUNKS = 6;
const MOST_BYTES = 2 ** 16;

/** Hands a call to a sampler, and reads what it wrote: nothing where an argument is refused. */
export async function perform(machine: Machine, call: Call): Promise<readonly Written[]> {
  const { memory } = machine;
  const requests = call.requests.map((request) => prepareRequest(request, memory));
  try {
    return await performOn(machine, call, requests);
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    for (const { made } of requests) {
      if (made !== undefined && (await memory.read(made)).some((byte) => byte !== GUARD))
        throw new Error(`refused, but written: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

async function performOn(
  { sampler, memory }: Machine,
  call: Call,
  requests: readonly Prepared[],
): Promise<readonly Written[]> {
  const { verb } = call;
  const [first] = requests;
  const own = revive(call.own) as Record<string, unknown>;
  // By default a chunk has 16 MiB, and the reference takes seconds for them.
  if ('chunkBytes' in own) own.chunkBytes ??= 4096;
  const shared = { ...(revive(call.shared) as object), ...own };
  const listed = requests.map(({ initializer, shape, options }) =>
    isPlain(options) ? { ...options, initializer, shape } : options,
  );
  switch (verb) {
    case 'fill': {
      const options = isPlain(first.options) ? { ...first.options, ...own } : first.options;
      const tensor = await sampler.fill(first.initializer, first.shape, options);
      return readTensors(sampler, memory, [tensor], requests);
    }
    case 'fillAll':
      return readTensors(sampler, memory, await sampler.fillAll(listed, shared), requests);
    case 'chunks': {
      const options = isPlain(first.options) ? { ...first.options, ...own } : first.options;
      const chunks = sampler.chunks(first.initializer, first.shape, options);
      return joined(1, indexed(chunks));
    }
    case 'chunksOfAll':
      return joined(requests.length, sampler.chunksOfAll(listed, shared));
    case 'check':
      sampler.check(first.initializer, first.shape, first.options);
      return [];
    case 'encode': {
      const { initializer, shape, options } = first;
      await submit(sampler, (encoder) => sampler.encode(encoder, initializer, shape, options));
      return readPlaces(sampler, memory, call, requests);
    }
    case 'prepare':
    case 'prepareAll': {
      const options = isPlain(first?.options) ? { ...first.options, ...own } : first?.options;
      const prepared =
        verb === 'prepare'
          ? await sampler.prepare(first.initializer, first.shape, options)
          : await sampler.prepareAll(listed, shared);
      try {
        const encode = (encoder: Encoder): void => prepared.encode(encoder, prepared.slots - 1);
        if (verb === 'prepare') prepared.reseed(revive(call.reseed), prepared.slots - 1);
        await submit(sampler, encode);
        return await readPlaces(sampler, memory, call, requests);
      } finally {
        prepared.destroy();
      }
    }
  }
}

interface Prepared {
  readonly initializer: any;
  readonly shape: any;
  readonly options: any;
  /** The caller's memory, where it was asked for and nothing hostile took its place. */
  readonly made?: ReturnType<Memory['make']>;
  readonly byteOffset: number;
}

function prepareRequest({ initializer, shape, options, place }: Request, memory: Memory): Prepared {
  const own = { initializer: revive(initializer), shape: revive(shape), byteOffset: place?.byteOffset ?? 0 };
  const revived = revive(options) ?? {};
  if (!isPlain(revived) || isHostile(options)) return { ...own, options: revived };
  if (place === undefined) return { ...own, options: revived };
  const made = memory.make(place);
  const placed = { buffer: made, byteOffset: place.byteOffset, ...revived };
  return { ...own, options: placed, ...('buffer' in revived ? {} : { made }) };
}

/** Whether it is an object that may be spread without a trap. */
function isPlain(value: unknown): value is object {
  try {
    return typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value));
  } catch {
    return false;
  }
}

async function readTensors(
  sampler: Sampler,
  memory: Memory,
  tensors: readonly Tensor[],
  requests: readonly Prepared[],
): Promise<Written[]> {
  const written: Written[] = [];
  for (const [i, tensor] of tensors.entries()) {
    const { buffer, byteOffset, byteLength } = await tensor.data();
    const bytes = new Uint8Array(buffer, byteOffset, byteLength).slice();
    const floats = await tensor.float32();
    if (tensor.byteLength !== byteLength || floats.length !== tensor.range.count)
      throw new Error(`a tensor of ${tensor.range.count} elements has ${byteLength} bytes`);
    await makeAgain(sampler, tensor, bytes);
    const { made } = requests[i];
    tensor.destroy();
    written.push({ bytes, around: await around(memory, made, requests[i].byteOffset, byteLength) });
  }
  return written;
}

/** Each tensor tells what it was made from, and what comes of that has the same bytes. */
async function makeAgain(sampler: Sampler, tensor: Tensor, bytes: Uint8Array): Promise<void> {
  const { initializer, shape, key, dtype, range, math } = tensor;
  if (initializers.isInitializer(initializer)) return; // the caller's own
  const again = await sampler.fill(initializer, shape, {
    ...structuredClone({ seed: key, dtype, range }),
    ...(key.stream !== undefined && { seed: JSON.parse(JSON.stringify(key)) as KeyData, stream: key.stream }),
    math,
  });
  const { buffer, byteOffset, byteLength } = await again.data();
  again.destroy();
  if (Buffer.compare(new Uint8Array(buffer, byteOffset, byteLength), bytes) !== 0)
    throw new Error(
      `a tensor of ${JSON.stringify(initializer)} and key ${key.value} is made again as another`,
    );
}

async function around(
  memory: Memory,
  made: Prepared['made'],
  begin: number,
  length: number,
): Promise<Uint8Array> {
  if (made === undefined) return new Uint8Array(0);
  return (await memory.read(made)).fill(GUARD, begin, begin + length);
}

/** Reads what was written by commands, which give no tensor. */
async function readPlaces(
  sampler: Sampler,
  memory: Memory,
  { shared }: Call,
  requests: readonly Prepared[],
): Promise<Written[]> {
  const written: Written[] = [];
  for (const { made, initializer, shape, options, byteOffset } of requests) {
    if (made === undefined) continue;
    const { buffer: _buffer, byteOffset: _offset, ...rest } = options;
    const { dtype, range } = sampler.check(initializer, shape, { ...(revive(shared) as object), ...rest });
    const length = range.count * bytesPerElement(dtype);
    const all = await memory.read(made);
    const bytes = all.slice(byteOffset, byteOffset + length);
    written.push({ bytes, around: all.fill(GUARD, byteOffset, byteOffset + length) });
  }
  return written;
}

async function* indexed(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ index: number; bytes: Uint8Array }> {
  for await (const bytes of chunks) yield { index: 0, bytes };
}

async function joined(
  count: number,
  chunks: AsyncIterable<{ readonly index: number; readonly bytes: Uint8Array }>,
): Promise<Written[]> {
  const parts: Uint8Array[][] = Array.from({ length: count }, () => []);
  let read = 0;
  let bytesRead = 0;
  for await (const { index, bytes } of chunks) {
    parts[index].push(bytes.slice(0, MOST_BYTES));
    bytesRead += bytes.length;
    if (++read === MOST_CHUNKS * count || bytesRead >= MOST_BYTES) break;
  }
  return parts.map((part) => ({ bytes: new Uint8Array(Buffer.concat(part)), around: new Uint8Array(0) }));
}

/** A CPU sampler has no device; the verbs that need an encoder refuse it before they look at one. */
async function submit(sampler: Sampler, encode: (encoder: Encoder) => void): Promise<void> {
  const { device } = sampler;
  if (device === undefined) return encode(null as unknown as Encoder);
  const encoder = device.createCommandEncoder();
  encode(encoder);
  device.queue.submit([encoder.finish()]);
}
