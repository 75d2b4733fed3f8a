/** tensorseed in TypeGPU: typed buffers of a root. */
import { isBuffer, type StorageFlag, type TgpuBuffer, type TgpuRoot } from 'typegpu';
import * as d from 'typegpu/data';
import { knownKeys, oneOf } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { checkBufferSize } from '../backends/gpu/device/buffer';
import { guarded } from '../backends/gpu/device/scope';
import { type Filling, Sampler, type Shape } from '../index';
import { RUNTIME_DTYPES, RUNTIME_KEYS, type RuntimeDtype, type RuntimeOptions } from './options';

export type { RuntimeDtype };

/** Elements by their dtypes. */
const ELEMENTS = { float32: d.f32, float16: d.f16, uint32: d.u32 } as const;

/** Schemas that hold elements without gaps, by TypeGPU's names; vec3 has gaps in an array. */
const PACKED: Readonly<Record<string, readonly [dtype: RuntimeDtype, count: number]>> = {
  f32: ['float32', 1],
  vec2f: ['float32', 2],
  vec4f: ['float32', 4],
  f16: ['float16', 1],
  vec2h: ['float16', 2],
  vec4h: ['float16', 4],
  u32: ['uint32', 1],
  vec2u: ['uint32', 2],
  vec4u: ['uint32', 4],
};

export interface FillOptions extends RuntimeOptions {
  /** Default what `buffer` holds; without it float32, for bits uint32. float16 needs a root with shader-f16. */
  dtype?: RuntimeDtype;
}

/** A buffer of our own making. */
export type FilledBuffer<D extends RuntimeDtype> = TgpuBuffer<d.WgslArray<(typeof ELEMENTS)[D]>> &
  StorageFlag;

type AnyBuffer = TgpuBuffer<d.BaseData>;

/**
 * Fills a buffer of TypeGPU on its root's device: nothing passes through the host.
 * @param options.buffer one with the usage 'storage', whose schema holds the tensor's elements, neither more nor fewer:
 * f32, vec2f or vec4f for float32, or arrays of them. Default: a new `d.arrayOf(d.f32, n)`, the caller's to destroy
 * @throws ArgumentError (as a rejection) where an argument cannot be right
 * @throws DeviceError (as a rejection) where memory is exhausted, the device was lost, or `buffer` is another root's
 */
export async function fill<B extends AnyBuffer>(
  root: TgpuRoot,
  initializer: Filling,
  shape: Shape,
  options: FillOptions & { buffer: B },
): Promise<B>;
export async function fill<D extends RuntimeDtype = 'float32'>(
  root: TgpuRoot,
  initializer: Filling,
  shape: Shape,
  options?: FillOptions & { dtype?: D },
): Promise<FilledBuffer<D>>;
export async function fill(
  root: TgpuRoot,
  initializer: Filling,
  shape: Shape,
  options: FillOptions & { buffer?: AnyBuffer } = {},
): Promise<AnyBuffer> {
  if (typeof root?.unwrap !== 'function')
    throw new ArgumentError(`root must be a TgpuRoot, got ${show(root)}`);
  const { buffer: given, ...rest } = knownKeys('options', options, [
    ...RUNTIME_KEYS,
    'dtype',
    'buffer',
  ]) as typeof options;
  if (rest.dtype !== undefined) oneOf('dtype', rest.dtype, RUNTIME_DTYPES);
  const sampler = Sampler.on(root.device);
  const held = given === undefined ? undefined : elementsOf(given);
  const job = sampler.check(initializer, shape, { ...rest, dtype: rest.dtype ?? held?.dtype });
  const dtype = job.dtype as RuntimeDtype;
  const { count } = job.range;
  if (held !== undefined && (held.dtype !== dtype || held.count !== count)) {
    throw new ArgumentError(
      `buffer must hold ${count} ${dtype} elements, got one of ${held.count} ${held.dtype} elements`,
    );
  }
  const buffer = given ?? createBuffer(root, dtype, count);
  try {
    const memory = await guarded(root.device, 'allocating a buffer', () => root.unwrap(buffer));
    await sampler.fillJobs([{ ...job, buffer: memory }], {});
  } catch (error) {
    if (given === undefined) buffer.destroy();
    throw error;
  }
  return buffer;
}

function createBuffer(root: TgpuRoot, dtype: RuntimeDtype, count: number): AnyBuffer {
  if (count === 0)
    throw new ArgumentError('shape must have elements, for a buffer of TypeGPU cannot be empty');
  const schema = d.arrayOf(ELEMENTS[dtype] as d.F32, count);
  checkBufferSize(root.device, d.sizeOf(schema));
  return root.createBuffer(schema).$usage('storage');
}

/** @throws ArgumentError where it is no storage buffer, or its schema holds something else or has gaps */
function elementsOf(buffer: AnyBuffer): { dtype: RuntimeDtype; count: number } {
  if (!isBuffer(buffer)) throw new ArgumentError(`buffer must be a TgpuBuffer, got ${show(buffer)}`);
  if (buffer.destroyed) throw new ArgumentError('buffer must not be destroyed');
  if (!buffer.usableAsStorage)
    throw new ArgumentError("buffer must have the usage 'storage': call $usage('storage') on it");
  let schema: d.BaseData & { elementType?: d.BaseData; elementCount?: number } = buffer.dataType;
  let count = 1;
  while (schema.type === 'array') {
    count *= schema.elementCount!;
    schema = schema.elementType!;
  }
  const packed = Object.hasOwn(PACKED, schema.type) ? PACKED[schema.type] : undefined;
  if (packed === undefined) {
    throw new ArgumentError(
      `buffer must be of ${Object.keys(PACKED).join(', ')} or arrays of them, got ${schema.type}`,
    );
  }
  return { dtype: packed[0], count: count * packed[1] };
}
