// @ts-check
/**
 * Weights for a WebGPU program of one's own: the device, the buffer, the encoder and the submit are the program's.
 * Needs a GPU, or a driver that emulates one. In a browser the first lines are `navigator.gpu.requestAdapter()`.
 *
 *     node examples/own_buffer.mjs
 */
import { Sampler } from 'tensorseed';
import { create, globals } from 'webgpu'; // Dawn, which is WebGPU for Node

Object.assign(globalThis, globals);
const gpu = create([]); // must stay reachable as long as its devices are used
const adapter = await gpu.requestAdapter();
if (adapter === null) {
  console.log('This example needs WebGPU, and this machine has no GPU or no driver for it.');
  process.exit();
}
const device = await adapter.requestDevice();

// Two layers in one buffer, each at an offset of its own.
const shapes = { hidden: [784, 256], output: [256, 10] };
const hiddenBytes = 4 * 784 * 256;
const outputBytes = 4 * 256 * 10;
const buffer = device.createBuffer({
  size: hiddenBytes + outputBytes,
  usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
});

const sampler = await Sampler.create({ device });
const encoder = device.createCommandEncoder();
sampler.encode(encoder, 'he_normal', shapes.hidden, { seed: 42, name: 'hidden/kernel', buffer });
sampler.encode(encoder, 'glorot_uniform', shapes.output, {
  seed: 42,
  name: 'output/kernel',
  buffer,
  byteOffset: hiddenBytes,
});
// Commands of the program's own go before, between and after; here, a copy to memory that the host can read.
const staging = device.createBuffer({
  size: buffer.size,
  usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
});
encoder.copyBufferToBuffer(buffer, 0, staging, 0, buffer.size);
device.queue.submit([encoder.finish()]);

await staging.mapAsync(GPUMapMode.READ);
const onGpu = new Float32Array(staging.getMappedRange());

// The CPU computes the same bits.
const cpu = await Sampler.create({ backend: 'cpu' });
const hidden = await cpu.fill('he_normal', shapes.hidden, { seed: 42, name: 'hidden/kernel' });
const output = await cpu.fill('glorot_uniform', shapes.output, { seed: 42, name: 'output/kernel' });
const onCpu = [...(await hidden.float32()), ...(await output.float32())];
const same = onCpu.filter((value, i) => value === onGpu[i]).length;
console.log(`Filled on: ${sampler.description}`);
console.log(`${same} of ${onGpu.length} elements are equal to the CPU's.`);

cpu.destroy();
device.destroy();
