import type { Draw, Dtype, FillRequest as LibraryRequest, InitializerLike, MathMode, Range, Sampler, Shape } from '../../src/index';

/** What a runner fills: plain data, so that it can travel into a page. */
export interface FillRequest {
  /** An identifier, a Keras envelope, or a draw as it stands. */
  initializer: unknown | { draw: Draw };
  shape: Shape;
  /** Decimal. */
  seed: string;
  name?: string;
  dtype?: Dtype;
  math?: MathMode;
  range?: Range;
}

/** Fills as requested and returns the raw bytes, little endian; of several, one after the other. */
export async function fillBytes(sampler: Sampler, request: FillRequest | readonly FillRequest[]): Promise<Uint8Array> {
  const requests = [request].flat() as FillRequest[];
  const library = requests.map(({ initializer, seed, ...rest }): LibraryRequest => ({ ...rest, initializer: asInitializer(initializer), seed: BigInt(seed) }));
  const tensors = Array.isArray(request)
    ? await sampler.fillAll(library)
    : await Promise.all(library.map(({ initializer, shape, ...options }) => sampler.fill(initializer, shape, options)));
  try {
    const bytes = new Uint8Array(tensors.reduce((sum, { byteLength }) => sum + byteLength, 0));
    let at = 0;
    for (const tensor of tensors) {
      const data = await tensor.data();
      bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
      at += data.byteLength;
    }
    return bytes;
  } finally {
    for (const tensor of tensors) tensor.destroy();
  }
}

function asInitializer(initializer: unknown): InitializerLike {
  if (typeof initializer !== 'object' || initializer === null || !('draw' in initializer)) {
    return initializer as InitializerLike;
  }
  const draw = initializer.draw as Draw;
  return { className: 'Draw', resolve: () => draw, getConfig: () => ({}) };
}

/** A request as text; JSON alone would lose the numbers Infinity, -Infinity, NaN and -0. */
export function packRequest(request: FillRequest | readonly FillRequest[]): string {
  return JSON.stringify(request, (_key, value: unknown) =>
    typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)) ? { number: Object.is(value, -0) ? '-0' : String(value) } : value,
  );
}

export function unpackRequest(text: string): FillRequest | FillRequest[] {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && 'number' in value ? Number(value.number) : value,
  ) as FillRequest | FillRequest[];
}
