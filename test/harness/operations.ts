import { initializers, type Sampler } from '../../src/index';
import { changeElements, type ElementsRequest } from './elements';
import {
  categorical,
  type CategoricalOptions,
  choice,
  type ChoiceOptions,
  type Output,
} from '../../src/operations';

/** An operation on a runner: plain data, so that it can travel into a page. */
export type OperationRequest = CategoricalRequest | ChoiceRequest | ElementsRequest;

/** The options of a categorical request beside the memory and the seed. */
type Plain<T> = Omit<T, 'seed' | 'buffer' | 'byteOffset'>;

/** A choice from logits. */
export interface CategoricalRequest {
  readonly operation: 'categorical';
  readonly logits: LogitsRequest;
  /** Decimal. */
  readonly seed: string;
  readonly options: Plain<CategoricalOptions>;
}

/** A choice of indices. */
export interface ChoiceRequest {
  readonly operation: 'choice';
  readonly population: number | readonly number[];
  readonly count: number;
  /** Decimal. */
  readonly seed: string;
  readonly options: Plain<ChoiceOptions>;
}

/** Logits that each process makes by itself, so that no megabytes travel. */
export interface LogitsRequest {
  readonly elements: number;
  readonly dtype: 'float32' | 'float16' | 'bfloat16';
  readonly stddev: number;
  /** The elements that have bit patterns of their own. */
  readonly edits?: readonly (readonly [index: number, pattern: number])[];
}

/** What is read of an operation. */
export type Operated = Pick<Output, 'data' | 'byteLength' | 'destroy'>;

export function isOperation(request: object): request is OperationRequest {
  return 'operation' in request;
}

/** Where the logits begin in a GPUBuffer: no multiple of what bindings are aligned to. */
const LOGITS_OFFSET = 12;

/** Runs an operation on the sampler's backend. */
export async function operate(sampler: Sampler, request: OperationRequest): Promise<Operated[]> {
  if ('inputStart' in request) return [await changeElements(sampler, request)];
  if (request.operation === 'categorical') return chooseLogits(sampler, request);
  const { population, count, seed, options } = request;
  return [await choice(sampler, population, count, { ...options, seed: BigInt(seed) })];
}

async function chooseLogits(sampler: Sampler, request: CategoricalRequest): Promise<Output[]> {
  const { seed, options } = request;
  const patterns = await logitsOf(sampler, request.logits);
  const all = { ...options, seed: BigInt(seed), dtype: request.logits.dtype };
  const { device } = sampler;
  if (device === undefined) return [await categorical(sampler, patterns, all)];
  const size = Math.ceil((LOGITS_OFFSET + patterns.byteLength) / 4) * 4;
  const logits = device.createBuffer({ size, usage: 0x80 | 0x8, mappedAtCreation: true });
  new Uint8Array(logits.getMappedRange()).set(new Uint8Array(patterns.buffer), LOGITS_OFFSET);
  logits.unmap();
  const rows = options.rows ?? request.logits.elements / options.vocabulary;
  const fromBuffer = await categorical(sampler, logits, { ...all, rows, logitsOffset: LOGITS_OFFSET });
  logits.destroy();
  const fromHost = await categorical(sampler, patterns, all);
  const [a, b] = [await fromBuffer.data(), await fromHost.data()];
  if (String(a) !== String(b)) throw new Error(`a GPUBuffer gives ${a}, and a typed array ${b}`);
  fromHost.destroy();
  return [fromBuffer];
}

export async function logitsOf(
  sampler: Sampler,
  { elements, dtype, stddev, edits = [] }: LogitsRequest,
): Promise<Float32Array | Uint16Array> {
  const tensor = await sampler.fill(initializers.randomNormal({ stddev, seed: 9 }), [elements], { dtype });
  const data = (await tensor.data()) as Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  tensor.destroy();
  const patterns = dtype === 'float32' ? new Uint32Array(data.buffer) : data;
  for (const [index, pattern] of edits) patterns[index] = pattern;
  return data;
}
