/** What ort.test.ts runs in the browser. */
import * as ort from 'onnxruntime-web/webgpu';
import { Sampler, initializers } from '../../src/index';
import { fill, type FillOptions } from '../../src/runtimes/ort';
import { countCopies } from './copies';
import { oneNodeModel } from './onnx';
import { errorOf, words } from './words';

ort.env.wasm.numThreads = 1;

const create = (model: Uint8Array, device?: GPUDevice) =>
  ort.InferenceSession.create(model, {
    executionProviders: [device ? { name: 'webgpu', device } : 'webgpu'],
  });

export function fillBeforeAnySession(): Promise<string> {
  return errorOf(() => fill('he_normal', [2, 2], { seed: 1 }));
}

const X = [3, 61];
const W = [61, 129];
const B = [129];

/** Y = X W + B, all three filled; then the same with weights that ONNX Runtime uploads. */
export async function gemm() {
  const session = await create(oneNodeModel('Gemm', { X, W, B }, { name: 'Y', shape: [3, 129] }));
  const filling = await countCopies(async () => ({
    X: await fill('random_normal', X, { seed: 1, name: 'x' }),
    W: await fill('glorot_uniform', W, { seed: 1, name: 'w' }),
    B: await fill('random_uniform', B, { seed: 1, name: 'b' }),
  }));
  const feeds = filling.result;
  const running = await countCopies(() => session.run(feeds));
  const y = (await running.result.Y.getData()) as Float32Array;
  const ordinary = await countCopies(() =>
    session.run({ ...feeds, W: new ort.Tensor('float32', new Float32Array(61 * 129), W) }),
  );
  const { location, type, dims } = feeds.W;
  return {
    y: Array.from(y),
    w: words((await feeds.W.getData()) as Float32Array),
    tensor: { location, type, dims },
    filling: filling.copies,
    running: running.copies,
    ordinary: ordinary.copies,
  };
}

/** What a session gives back for a weight that it only passes on, on a device of ours, in a buffer of ours. */
export async function onOurDevice(shape: number[]) {
  const { device } = await Sampler.create({ backend: 'gpu' });
  const buffer = device!.createBuffer({
    size: 65536,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
  });
  const session = await create(oneNodeModel('Neg', { W: shape }, { name: 'Y', shape }), device);
  const tensor = await fill('he_normal', shape, { seed: 7, device, buffer });
  const { Y } = await session.run({ W: tensor });
  const y = Array.from((await Y.getData()) as Float32Array);
  const same = (tensor.gpuBuffer as unknown) === buffer;
  tensor.dispose();
  return { y, same, afterDispose: await stateOf(device!, buffer) };
}

export async function owned(shape: number[]) {
  const { device } = await Sampler.create({ backend: 'gpu' });
  const tensor = await fill('he_normal', shape, { seed: 7, device });
  const buffer = tensor.gpuBuffer as unknown as GPUBuffer;
  const before = await stateOf(device!, buffer);
  tensor.dispose();
  return { size: buffer.size, before, after: await stateOf(device!, buffer) };
}

/** Only a buffer that exists can be copied from. */
async function stateOf(device: GPUDevice, buffer: GPUBuffer): Promise<string> {
  device.pushErrorScope('validation');
  const target = device.createBuffer({ size: 4, usage: GPUBufferUsage.COPY_DST });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, target, 0, 4);
  device.queue.submit([encoder.finish()]);
  return (await device.popErrorScope()) === null ? 'alive' : 'destroyed';
}

export async function data(kind: 'bits' | string, shape: number[], options: FillOptions) {
  const { device } = await Sampler.create({ backend: 'gpu' });
  const tensor = await fill(kind === 'bits' ? initializers.bits() : kind, shape, { ...options, device });
  const { type, dims } = tensor;
  const { buffer, byteOffset, length, BYTES_PER_ELEMENT } =
    (await tensor.getData()) as Float32Array<ArrayBuffer>;
  return {
    type,
    dims,
    patterns: Array.from(
      new ([Uint8Array, Uint16Array, Uint32Array][Math.log2(BYTES_PER_ELEMENT)] as typeof Uint8Array)(
        buffer,
        byteOffset,
        length,
      ),
    ),
  };
}

export async function errors() {
  const [{ device }, other] = [
    await Sampler.create({ backend: 'gpu' }),
    await Sampler.create({ backend: 'gpu' }),
  ];
  const buffer = (size: number, usage: number, owner = device!) => owner.createBuffer({ size, usage });
  const { STORAGE, COPY_SRC } = GPUBufferUsage;
  const of = (options: object, shape = [3, 3]) =>
    errorOf(() => fill('he_normal', shape, { seed: 1, device, ...options }));
  const found = {
    bfloat16: await of({ dtype: 'bfloat16' }),
    int8: await of({ dtype: 'int8' }),
    bool: await of({ dtype: 'bool' }),
    undersized: await of({ buffer: buffer(36, STORAGE | COPY_SRC) }),
    usage: await of({ buffer: buffer(48, COPY_SRC) }),
    noBuffer: await of({ buffer: new ArrayBuffer(48) }),
    key: await of({ byteOffset: 0 }),
    noDevice: await of({ device: {} }),
    tooLarge: await of({}, [2 ** 20, 2 ** 20]),
    otherDevice: await of({ buffer: buffer(48, STORAGE, other.device) }),
  };
  device!.destroy();
  await device!.lost;
  return { ...found, lost: await of({}) };
}
