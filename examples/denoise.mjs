// @ts-check
/**
 * Denoising with seeded noise. Points start as noise, and 200 steps of ancestral sampling (Ho et al., 2020,
 * https://arxiv.org/abs/2006.11239) bring them to four clusters. In place of a trained network the score is that of
 * the clusters themselves, which is known. Key and step of the noise are in a GPU buffer, so all steps are one
 * command buffer, which can be submitted again without a write from the host.
 * Needs a GPU, or a driver that emulates one.
 *
 *     node examples/denoise.mjs
 */
import { initializers, Key, Sampler } from 'tensorseed';
import { create, globals } from 'webgpu'; // Dawn, which is WebGPU for Node

const POINTS = 4096;
const STEPS = 200;
const SPREAD = 0.1; // the standard deviation of a cluster

/** The variance that each step of the forward process adds, and what is left of the data after it. */
const betas = Array.from({ length: STEPS }, (_, t) => 0.0005 + (0.0995 * t) / (STEPS - 1));
const kept = betas.map((_, t) => betas.slice(0, t + 1).reduce((product, beta) => product * (1 - beta), 1));

/** x becomes (x + beta * score(x)) / sqrt(1 - beta) + sigma * noise. */
const STEP = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> points: array<vec2<f32>>;
@group(0) @binding(1) var<storage, read> noise: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> key_and_step: array<u32>;
@group(0) @binding(3) var<storage, read> schedule: array<vec3<f32>>; // beta, kept, sigma

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let now = schedule[key_and_step[2] - 1u]; // the noise has moved the step on
  let x = points[id.x];
  let variance = now.y * ${SPREAD ** 2} + 1.0 - now.y;
  var pull = vec2<f32>();
  var total = 0.0;
  for (var k = 0u; k < 4u; k++) {
    let center = sqrt(now.y) * vec2<f32>(select(-1.0, 1.0, (k & 1u) == 1u), select(-1.0, 1.0, k >= 2u));
    let away = center - x;
    let weight = exp(-dot(away, away) / (2.0 * variance)) + 1e-30;
    pull += weight * away;
    total += weight;
  }
  let score = pull / (total * variance);
  points[id.x] = (x + now.x * score) / sqrt(1.0 - now.x) + now.z * noise[id.x];
}`;

Object.assign(globalThis, globals);
const gpu = create([]); // must stay reachable as long as its devices are used
const adapter = await gpu.requestAdapter();
if (adapter === null) {
  console.log('This example needs WebGPU, and this machine has no GPU or no driver for it.');
  process.exit();
}
const device = await adapter.requestDevice();
const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
const points = device.createBuffer({ size: 8 * POINTS, usage: STORAGE | COPY_SRC });
const noise = device.createBuffer({ size: 8 * POINTS, usage: STORAGE });
const keys = device.createBuffer({ size: 16, usage: STORAGE | COPY_DST });
const schedule = device.createBuffer({ size: 16 * STEPS, usage: STORAGE | COPY_DST });
const staging = device.createBuffer({ size: 8 * POINTS, usage: COPY_DST | MAP_READ });

// The steps go back in time, from the last one of the forward process to the first, which adds no noise.
const rows = betas.map((beta, t) => [beta, kept[t], t === 0 ? 0 : Math.sqrt(beta), 0]);
device.queue.writeBuffer(schedule, 0, new Float32Array(rows.reverse().flat()));

const sampler = await Sampler.create({ device });
const normal = initializers.randomNormal({ stddev: 1 });
const shape = [POINTS, 2];
const start = await sampler.prepare(normal, shape, { seed: 0, buffer: points });
const fresh = await sampler.prepare(normal, shape, { keys: { buffer: keys }, buffer: noise });

const module = device.createShaderModule({ code: STEP });
const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
const bindGroup = device.createBindGroup({
  layout: pipeline.getBindGroupLayout(0),
  entries: [points, noise, keys, schedule].map((buffer, binding) => ({ binding, resource: { buffer } })),
});

for (const seed of [42, 43]) {
  const key = Key.from(seed);
  start.reseed(key.fold('start'));
  device.queue.writeBuffer(keys, 0, new Uint32Array([key.lo, key.hi, 0, 0]));
  const encoder = device.createCommandEncoder();
  start.encode(encoder);
  for (let step = 0; step < STEPS; step++) {
    const pass = encoder.beginComputePass();
    fresh.encode(pass); // the noise of Key.from(seed).fold(step)
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(POINTS / 64);
    pass.end();
  }
  encoder.copyBufferToBuffer(points, 0, staging, 0, staging.size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const values = new Float32Array(staging.getMappedRange());
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < POINTS; i++) counts[Number(values[2 * i] > 0) + 2 * Number(values[2 * i + 1] > 0)]++;
  const squares = values.reduce((sum, value) => sum + (Math.abs(value) - 1) ** 2, 0);
  const spread = Math.sqrt(squares / values.length).toFixed(2);
  console.log(`Seed ${seed}: clusters of ${counts.join(', ')} points with a spread of ${spread}`);
  staging.unmap();
}

sampler.destroy();
device.destroy();
