import type { Draw, Dtype, FillOptions, InitializerLike, MathMode, Range, Sampler, Shape } from '../../src/index';

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

/** Fills as requested and returns the raw bytes, little endian. */
export async function fillBytes(sampler: Sampler, request: FillRequest): Promise<Uint8Array> {
  const { initializer, shape, seed, ...rest } = request;
  const options: FillOptions = { ...rest, seed: BigInt(seed) };
  const tensor = await sampler.fill(asInitializer(initializer), shape, options);
  try {
    const data = await tensor.data();
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  } finally {
    tensor.destroy();
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
export function packRequest(request: FillRequest): string {
  return JSON.stringify(request, (_key, value: unknown) =>
    typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)) ? { number: Object.is(value, -0) ? '-0' : String(value) } : value,
  );
}

export function unpackRequest(text: string): FillRequest {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && 'number' in value ? Number(value.number) : value,
  ) as FillRequest;
}
