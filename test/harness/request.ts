import {
  type Draw,
  type Dtype,
  type FillRequest as LibraryRequest,
  type InitializerSpec,
  type MathMode,
  type Range,
  type Sampler,
  type Shape,
  type Tensor,
} from '../../src/index';
import { initModel, type RuleTable } from '../../src/models';
import { type Replay, replayBytes } from './replay';
import { isOperation, type OperationRequest, operate } from './operations';
import { streamNamed } from '../../src/streams/named';

/** What a runner fills: plain data, so that it can travel into a page. */
export interface FillRequest {
  /** An identifier, a Keras envelope, or a draw as it stands. */
  initializer: unknown | { draw: Draw };
  shape: Shape;
  /** Decimal. */
  seed: string;
  /** The name of a stream beside tensorseed's own. */
  stream?: string;
  name?: string;
  dtype?: Dtype;
  math?: MathMode;
  range?: Range;
}

/** A whole model, of a source that is JSON. */
export interface ModelRequest {
  model: Record<string, unknown>;
  /** Decimal. */
  seed: string;
  dtype?: Dtype;
  rules?: string | RuleTable;
}

/** Tensors that are prepared once, with their key in a buffer, and filled several times in one submit. */
export interface ReplayRequest extends Replay {
  /** Their seeds are not used. */
  replay: readonly FillRequest[];
}

export type Request = FillRequest | readonly FillRequest[] | ModelRequest | ReplayRequest | OperationRequest;

/** Fills as requested and returns the raw bytes, little endian; of several, one after the other. */
export async function fillBytes(sampler: Sampler, request: Request): Promise<Uint8Array> {
  if ('replay' in request) {
    return replayBytes(sampler, request.replay.map(asLibraryRequest), request);
  }
  const tensors = isOperation(request)
    ? await operate(sampler, request)
    : await fillTensors(sampler, request);
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

async function fillTensors(
  sampler: Sampler,
  request: Exclude<Request, ReplayRequest | OperationRequest>,
): Promise<Tensor[]> {
  if ('model' in request) {
    const { model, seed, ...options } = request;
    return [...(await initModel(model, { ...options, seed: BigInt(seed), sampler })).tensors.values()];
  }
  const requests = [request].flat() as FillRequest[];
  const library = requests.map(asLibraryRequest);
  if (Array.isArray(request)) return sampler.fillAll(library);
  return Promise.all(
    library.map(({ initializer, shape, ...options }) => sampler.fill(initializer, shape, options)),
  );
}

export function asLibraryRequest({ initializer, seed, stream, ...rest }: FillRequest): LibraryRequest {
  return {
    ...rest,
    ...(stream !== undefined && { stream: streamNamed('stream', stream) }),
    initializer: asInitializer(initializer),
    seed: BigInt(seed),
  };
}

function asInitializer(initializer: unknown): InitializerSpec {
  if (typeof initializer !== 'object' || initializer === null || !('draw' in initializer)) {
    return initializer as InitializerSpec;
  }
  const draw = initializer.draw as Draw;
  return { className: 'Draw', resolve: () => draw, getConfig: () => ({}) };
}

/** A request as text; JSON alone would lose the numbers Infinity, -Infinity, NaN and -0. */
export function packRequest(request: Request): string {
  return JSON.stringify(request, (_key, value: unknown) =>
    typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
      ? { number: Object.is(value, -0) ? '-0' : String(value) }
      : value,
  );
}

export function unpackRequest(text: string): Request {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && 'number' in value ? Number(value.number) : value,
  ) as Request;
}
