import { readBuffer } from '../../src/backends/gpu/device/read';
import { initializers, type Sampler } from '../../src/index';
import { addNoise, dropout, type ElementDtype, prepareDropout, prepareNoise } from '../../src/operations';

/** A change of elements on a runner: plain data, so that it can travel into a page. */
export interface ElementsRequest {
  readonly operation: 'dropout' | 'noise';
  readonly count: number;
  readonly dtype: ElementDtype;
  /** Elements that have bit patterns of their own. */
  readonly edits?: readonly (readonly [index: number, pattern: number])[];
  /** Decimal. */
  readonly seed: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** The elements before the first in the buffers of input and output. The same with `inPlace` alone. */
  readonly inputStart: number;
  readonly outputStart: number;
  readonly inPlace?: boolean;
  /** How often it is encoded, with the key in a buffer from this step on. Each time it changes the results of the last. */
  readonly again?: { readonly step: number; readonly times: number };
}

const GUARD = 0xa5;
const BEHIND = 7;

/** Runs an operation on the sampler's backend, and returns the whole memory of the results. */
export async function changeElements(
  sampler: Sampler,
  request: ElementsRequest,
): Promise<{ data(): Promise<Uint8Array<ArrayBuffer>>; byteLength: number; destroy(): void }> {
  const { operation, count, dtype, options, inputStart, outputStart, inPlace = false, again } = request;
  const patterns = await elementsOf(sampler, request);
  const size = patterns.BYTES_PER_ELEMENT;
  const bytesOf = (start: number): number => 4 * Math.ceil((size * (start + count) + BEHIND) / 4);
  const memory = new Uint8Array(bytesOf(inputStart)).fill(GUARD);
  memory.set(new Uint8Array(patterns.buffer), size * inputStart);
  const written = inPlace ? memory : new Uint8Array(bytesOf(outputStart)).fill(GUARD);
  const seed = BigInt(request.seed);
  const all = { ...options, seed, dtype, count };
  const run = operation === 'dropout' ? dropout : addNoise;
  const { device } = sampler;
  const done = (bytes: Uint8Array<ArrayBuffer>) => ({
    data: async () => bytes,
    byteLength: bytes.length,
    destroy: () => undefined,
  });
  const byteOffset = size * outputStart;
  if (device === undefined) {
    const input = new (size === 2 ? Uint16Array : Float32Array)(memory.buffer, size * inputStart, count);
    const place = inPlace ? { buffer: input } : { buffer: written.buffer, byteOffset };
    const times = again === undefined ? 1 : again.times;
    for (let time = 0; time < times; time++) {
      const step = again === undefined ? {} : { step: again.step + time };
      await run(sampler, input, { ...all, ...step, ...place } as never);
    }
    return done(written);
  }
  const upload = (bytes: Uint8Array): GPUBuffer => {
    const buffer = device.createBuffer({ size: bytes.length, usage: 0x80 | 0x4, mappedAtCreation: true });
    new Uint8Array(buffer.getMappedRange()).set(bytes);
    buffer.unmap();
    return buffer;
  };
  const input = upload(memory);
  const buffer = inPlace ? input : upload(written);
  const places = { inputOffset: size * inputStart, buffer, byteOffset };
  if (again === undefined) {
    await run(sampler, input, { ...all, ...places } as never);
  } else {
    const words = [Number(seed & 0xffffffffn), Number(seed >> 32n), again.step, 0];
    const keys = upload(new Uint8Array(Uint32Array.from(words).buffer));
    const { seed: _, ...rest } = all;
    const prepare = operation === 'dropout' ? prepareDropout : prepareNoise;
    const prepared = await prepare(sampler, input, { ...rest, ...places, keys: { buffer: keys } } as never);
    const encoder = device.createCommandEncoder();
    for (let time = 0; time < again.times; time++) prepared.encode(encoder);
    device.queue.submit([encoder.finish()]);
    prepared.destroy();
    keys.destroy();
  }
  const bytes = new Uint8Array(await readBuffer(device, buffer, 0, buffer.size));
  for (const each of [input, buffer]) each.destroy();
  return done(bytes);
}

/** The elements, which each process makes by itself, so that no megabytes travel. */
async function elementsOf(
  sampler: Sampler,
  { count, dtype, edits = [] }: ElementsRequest,
): Promise<Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>> {
  const tensor = await sampler.fill(initializers.randomNormal({ stddev: 3, seed: 9 }), [count], { dtype });
  const data = (await tensor.data()) as Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  tensor.destroy();
  const patterns = dtype === 'float32' ? new Uint32Array(data.buffer) : (data as Uint16Array<ArrayBuffer>);
  for (const [index, pattern] of edits) patterns[index] = pattern;
  return patterns;
}
