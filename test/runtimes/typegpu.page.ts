/** What typegpu.test.ts runs in the browser. */
import tgpu, { type TgpuBuffer, type TgpuRoot } from 'typegpu';
import * as d from 'typegpu/data';
import { Sampler, initializers } from '../../src/index';
import { fill, type FillOptions } from '../../src/runtimes/typegpu';
import { countCopies } from './copies';
import { errorOf, words } from './words';

const root = await tgpu.init();

const wordsOf = async (buffer: TgpuBuffer<d.WgslArray<d.F32>>): Promise<number[]> =>
  words(new Float32Array(await buffer.read()));

const layout = tgpu.bindGroupLayout({
  values: { storage: d.arrayOf(d.f32) },
  doubled: { storage: d.arrayOf(d.f32), access: 'mutable' },
});

const double = tgpu.computeFn({ in: { id: d.builtin.globalInvocationId }, workgroupSize: [64] })`{
  if (in.id.x < arrayLength(&layout.$.values)) { layout.$.doubled[in.id.x] = 2 * layout.$.values[in.id.x]; }
}`.$uses({ layout });

/** A kernel of TypeGPU on a buffer of ours, and on one that it uploads. */
export async function useOneOfEach(count: number) {
  const pipeline = root.createComputePipeline({ compute: double });
  const use = async (values: TgpuBuffer<d.WgslArray<d.F32>> & { usableAsStorage: true }) => {
    const doubled = root.createBuffer(d.arrayOf(d.f32, count)).$usage('storage');
    pipeline
      .with(root.createBindGroup(layout, { values, doubled }))
      .dispatchWorkgroups(Math.ceil(count / 64));
    await root.device.queue.onSubmittedWorkDone();
    return doubled;
  };
  const filling = await countCopies(() => fill(root, 'he_normal', [count, 1], { seed: 4, name: 'a' }));
  const using = await countCopies(() => use(filling.result));
  const reading = await countCopies(() => wordsOf(using.result));
  const ordinary = await countCopies(() =>
    use(root.createBuffer(d.arrayOf(d.f32, count), new Array<number>(count).fill(1)).$usage('storage')),
  );
  return {
    words: await wordsOf(filling.result),
    doubled: reading.result,
    size: root.unwrap(filling.result).size,
    filling: filling.copies,
    using: using.copies,
    reading: reading.copies,
    ordinary: ordinary.copies,
  };
}

/** A new buffer of a draw. */
export async function draw(kind: string, shape: number[], options: FillOptions) {
  const buffer = (await fill(root, kind, shape, options)) as Floats;
  return { element: buffer.dataType.elementType.type as string, words: await memoryOf(root, buffer) };
}

const SCHEMAS = {
  scalars: d.arrayOf(d.f32, 24),
  pairs: d.arrayOf(d.vec2f, 12),
  quadruples: d.arrayOf(d.arrayOf(d.vec4f, 2), 3),
  vec3: d.arrayOf(d.vec3f, 8),
  matrix: d.arrayOf(d.mat4x4f, 3),
  signed: d.arrayOf(d.i32, 24),
  single: d.f32,
  words: d.arrayOf(d.u32, 24),
};

type Floats = TgpuBuffer<d.WgslArray<d.F32>>;

/** Into a buffer of TypeGPU's own making, by its schema. */
export async function intoSchema(name: keyof typeof SCHEMAS, shape: number[]) {
  const buffer = (root.createBuffer(SCHEMAS[name] as d.WgslArray<d.F32>) as Floats).$usage('storage');
  const filled = await fill(root, name === 'words' ? initializers.bits() : 'glorot_uniform', shape, {
    seed: 9,
    buffer,
  });
  return { same: filled === buffer, words: await memoryOf(root, filled) };
}

export function intoSchemaError(name: keyof typeof SCHEMAS, shape: number[]): Promise<string> {
  return errorOf(() => intoSchema(name, shape));
}

/** What lies in a buffer, whatever its schema says. */
async function memoryOf(root: TgpuRoot, buffer: TgpuBuffer<d.BaseData>): Promise<number[]> {
  const memory = root.unwrap(buffer);
  const staging = root.device.createBuffer({
    size: memory.size,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = root.device.createCommandEncoder();
  encoder.copyBufferToBuffer(memory, 0, staging, 0, memory.size);
  root.device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  return words(new Uint32Array(staging.getMappedRange().slice(0)));
}

/** TypeGPU on a device of ours, with a buffer of the caller's under a type. */
export async function adopted(shape: number[]) {
  const { device } = await Sampler.create({ backend: 'gpu' });
  const own = tgpu.initFromDevice({ device: device! });
  const memory = device!.createBuffer({ size: 400, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC });
  const buffer = own.createBuffer(d.arrayOf(d.f32, 100), memory).$usage('storage');
  await fill(own, 'he_normal', shape, { seed: 1, buffer });
  return { same: own.unwrap(buffer) === memory, words: await memoryOf(own, buffer) };
}

export async function errors() {
  const { device } = await Sampler.create({ backend: 'gpu' });
  const own = tgpu.initFromDevice({ device: device! });
  const typed = (memory: GPUBuffer) => own.createBuffer(d.arrayOf(d.f32, 16), memory).$usage('storage');
  const memory = (size: number, usage: number) => device!.createBuffer({ size, usage });
  const destroyed = own.createBuffer(d.arrayOf(d.f32, 16)).$usage('storage');
  destroyed.destroy();
  const of = (options: object, shape = [4, 4]) =>
    errorOf(() => fill(own, 'he_normal', shape, { seed: 1, ...options }));
  const found = {
    root: await errorOf(() => fill({} as TgpuRoot, 'zeros', [1])),
    unused: await of({ buffer: own.createBuffer(d.arrayOf(d.f32, 16)) }),
    raw: await of({ buffer: memory(64, GPUBufferUsage.STORAGE) }),
    undersized: await of({ buffer: typed(memory(32, GPUBufferUsage.STORAGE)) }),
    usage: await of({ buffer: typed(memory(64, GPUBufferUsage.COPY_DST)) }),
    otherRoot: await of({ buffer: root.createBuffer(d.arrayOf(d.f32, 16)).$usage('storage') }),
    destroyed: await of({ buffer: destroyed }),
    dtype: await of({ buffer: own.createBuffer(d.arrayOf(d.f32, 16)).$usage('storage'), dtype: 'float16' }),
    bfloat16: await of({ dtype: 'bfloat16' }),
    uint8: await of({ dtype: 'uint8' }),
    bool: await of({ dtype: 'bool' }),
    key: await of({ range: {} }),
    empty: await of({}, [0, 4]),
    tooLarge: await of({}, [2 ** 20, 2 ** 20]),
  };
  device!.destroy();
  await device!.lost;
  return { ...found, lost: await of({}) };
}
