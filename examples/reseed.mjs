// @ts-check
/**
 * Noise for each step of a loop. What is filled again and again is prepared once: after that a step makes no GPU
 * object, and another seed is one write to the queue. Needs a GPU, or a driver that emulates one.
 *
 *     node examples/reseed.mjs
 */
import { Key, Sampler } from 'tensorseed';
import { create, globals } from 'webgpu'; // Dawn, which is WebGPU for Node

Object.assign(globalThis, globals);
const gpu = create([]); // must stay reachable as long as its devices are used
const adapter = await gpu.requestAdapter();
if (adapter === null) {
  console.log('This example needs WebGPU, and this machine has no GPU or no driver for it.');
  process.exit();
}
const device = await adapter.requestDevice();

const shapes = { image: [64, 64, 3], latent: [16, 16, 8] };
const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
const elements = 64 * 64 * 3 + 16 * 16 * 8;
const noise = device.createBuffer({ size: 4 * elements, usage: STORAGE | COPY_SRC });
const staging = device.createBuffer({ size: 4 * elements, usage: COPY_DST | MAP_READ });

const sampler = await Sampler.create({ device });
const prepared = await sampler.prepareAll(
  [
    { initializer: 'random_normal', shape: shapes.image, name: 'image', buffer: noise },
    {
      initializer: 'random_normal',
      shape: shapes.latent,
      name: 'latent',
      buffer: noise,
      byteOffset: 4 * 64 * 64 * 3,
    },
  ],
  { seed: 0 },
);

for (let step = 0; step < 5; step++) {
  prepared.reseed(Key.from(42).fold(`step_${step}`));
  const encoder = device.createCommandEncoder();
  prepared.encode(encoder);
  // The program's own kernels would use the noise here; this one reads it.
  encoder.copyBufferToBuffer(noise, 0, staging, 0, noise.size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const values = new Float32Array(staging.getMappedRange());
  const mean = values.reduce((total, value) => total + value, 0) / elements;
  console.log(`Step ${step}: first element ${values[0].toFixed(6)}, mean ${mean.toFixed(6)}`);
  staging.unmap();
}

prepared.destroy();
device.destroy();
