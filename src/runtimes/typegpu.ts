/**
 * tensorseed in TypeGPU: typed buffers of a root.
 *
 * @module
 */
import { isBuffer, type StorageFlag, type TgpuBuffer, type TgpuRoot } from 'typegpu';
import * as d from 'typegpu/data';
import { knownKeys } from '../core/check';
import { ArgumentError, reading, show } from '../core/errors';
import { checkBufferSize } from '../backends/gpu/device/buffer';
import { guarded } from '../backends/gpu/device/scope';
import { type Filling, Sampler, type Shape } from '../index';
import { RUNTIME_DTYPES, RUNTIME_KEYS, type RuntimeDtype, type RuntimeOptions } from './options';
import { resolveFor } from './resolve';

export type { RuntimeDtype };

/** TypeGPU's types of elements, by their dtypes. */
const ELEMENTS = { float32: d.f32, float16: d.f16, uint32: d.u32, int32: d.i32 } as const;

/**
 * Schemas that hold elements without gaps, by TypeGPU's names. A vec3 is missing because an array of it has
 * gaps.
 */
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
  i32: ['int32', 1],
  vec2i: ['int32', 2],
  vec4i: ['int32', 4],
};

/**
 * The options of {@link fill}, beside `buffer`.
 *
 * @example
 * ```ts gpu
 * import tgpu from 'typegpu';
 * import { fill, type FillOptions } from 'tensorseed/typegpu';
 *
 * const root = await tgpu.init();
 * const options: FillOptions & { dtype: 'uint32' } = { seed: 42, name: 'mask', dtype: 'uint32' };
 * const words = await fill(root, 'bits', [1000], options);
 * console.log((await words.read()).length); // 1000
 * root.destroy();
 * ```
 */
export interface FillOptions extends RuntimeOptions {
  /**
   * Default what `buffer` holds; without it float32, for bits uint32, for integers int32. float16 needs a root with shader-f16.
   */
  dtype?: RuntimeDtype;
}

/**
 * A new buffer that {@link fill} has made: an array of f32, f16, u32 or i32, as its dtype says.
 *
 * @example
 * ```ts gpu
 * import tgpu from 'typegpu';
 * import { fill, type FilledBuffer } from 'tensorseed/typegpu';
 *
 * const root = await tgpu.init();
 * const weights: FilledBuffer<'float32'> = await fill(root, 'he_normal', [32, 32], { seed: 42 });
 * const view = weights.as('readonly'); // for a bind group or a function of TypeGPU
 * console.log(view.resourceType); // readonly
 * root.destroy();
 * ```
 */
export type FilledBuffer<D extends RuntimeDtype> = TgpuBuffer<
  d.WgslArray<D extends 'float32' ? d.F32 : D extends 'float16' ? d.F16 : D extends 'uint32' ? d.U32 : d.I32>
> &
  StorageFlag;

/**
 * Fills a buffer of TypeGPU on its root's device: nothing passes through the host.
 * @param initializer whatever `Sampler.fill` takes
 * @param shape of any rank; its elements lie in the buffer row by row
 * @param options `buffer` is one with the usage 'storage', whose schema holds the tensor's elements, neither
 *   more nor fewer: f32, vec2f or vec4f for float32, or arrays of them. Default: a new `d.arrayOf(d.f32, n)`,
 *   which the caller destroys
 * @returns the buffer
 * @throws ArgumentError (as a rejection) where an argument cannot be right
 * @throws DeviceError (as a rejection) where memory is exhausted, the device was lost, or `buffer` is another
 *   root's
 *
 * @example
 * ```ts gpu
 * import tgpu from 'typegpu';
 * import * as d from 'typegpu/data';
 * import { fill } from 'tensorseed/typegpu';
 *
 * const root = await tgpu.init();
 * const own = await fill(root, 'random_normal', [1024], { seed: 42 }); // of d.arrayOf(d.f32, 1024)
 * const vectors = root.createBuffer(d.arrayOf(d.vec4f, 256)).$usage('storage');
 * await fill(root, 'random_normal', [256, 4], { seed: 42, buffer: vectors });
 * console.log((await own.read())[4] === (await vectors.read())[1].x); // true
 * root.destroy();
 * ```
 */
export async function fill<B extends TgpuBuffer<d.BaseData>>(
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
  options: FillOptions & { buffer?: TgpuBuffer<d.BaseData> } = {},
): Promise<TgpuBuffer<d.BaseData>> {
  if (!reading('root', () => typeof root?.unwrap === 'function'))
    throw new ArgumentError(`root must be a TgpuRoot, got ${show(root)}`);
  const { buffer: given, ...rest } = knownKeys('options', options, [
    ...RUNTIME_KEYS,
    'dtype',
    'buffer',
  ]) as typeof options;
  const sampler = Sampler.on(root.device);
  const held = given === undefined ? undefined : elementsOf(given);
  const dtypes = { ...rest, dtype: rest.dtype ?? held?.dtype };
  const { job, dtype } = await resolveFor(sampler, initializer, shape, dtypes, RUNTIME_DTYPES);
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

function createBuffer(root: TgpuRoot, dtype: RuntimeDtype, count: number): TgpuBuffer<d.BaseData> {
  if (count === 0)
    throw new ArgumentError('shape must have elements, for a buffer of TypeGPU cannot be empty');
  const schema = d.arrayOf(ELEMENTS[dtype] as d.F32, count);
  checkBufferSize(root.device, d.sizeOf(schema));
  return root.createBuffer(schema).$usage('storage');
}

/** @throws ArgumentError where it is no storage buffer, or its schema holds something else or has gaps */
function elementsOf(buffer: TgpuBuffer<d.BaseData>): { dtype: RuntimeDtype; count: number } {
  if (!reading('buffer', () => isBuffer(buffer)))
    throw new ArgumentError(`buffer must be a TgpuBuffer, got ${show(buffer)}`);
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
