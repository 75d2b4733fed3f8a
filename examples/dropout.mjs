// @ts-check
/**
 * Dropout in kernels of one's own. The mask is never stored: element i is dropped where the library's random word
 * for (key, i) is below a threshold, and the backward kernel computes the same mask again.
 * Needs a GPU, or a driver that emulates one.
 *
 *     node examples/dropout.mjs
 */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Key } from 'tensorseed';
import { functions } from 'tensorseed/shaders';

const DECLARATIONS = /* wgsl */ `
struct Dropout {
  key: vec2<u32>,
  threshold: u32, // rate * 2^32
  scale: f32,     // 1 / (1 - rate)
}

@group(0) @binding(0) var<storage, read_write> output: array<f32>;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<uniform> dropout: Dropout;

// An invocation takes four elements, which share a block of random words.
fn mask(block: u32) -> vec4<f32> {
  let words = tensorseed_bits_block(dropout.key, vec2<u32>(block, 0u));
  return select(vec4<f32>(0.0), vec4<f32>(dropout.scale), words >= vec4<u32>(dropout.threshold));
}
`;

/** @param {string} statement what to do with element `i`, whose factor is `factors[lane]` */
const kernel = (statement) => `${functions}${DECLARATIONS}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let factors = mask(id.x);
  for (var lane = 0u; lane < 4u; lane++) {
    let i = 4u * id.x + lane;
    if (i < arrayLength(&input)) {
      ${statement}
    }
  }
}`;

/** Fused with a residual connection: output = output + dropout(input). */
export const DROPOUT_FORWARD = kernel('output[i] += factors[lane] * input[i];');

/** The gradient with respect to `input`: output = the same mask times the incoming gradient, which is `input` here. */
export const DROPOUT_BACKWARD = kernel('output[i] = factors[lane] * input[i];');

/**
 * The uniform `Dropout`. Each step of training takes a key of its own: `Key.from(seed).fold(`${layer}/${step}`)`.
 *
 * @param {Key} key
 * @param {number} rate in [0, 1)
 */
export function dropoutUniform(key, rate) {
  const words = new Uint32Array([key.lo, key.hi, Math.floor(rate * 2 ** 32), 0]);
  new Float32Array(words.buffer)[3] = 1 / (1 - rate);
  return words;
}

/**
 * How many workgroups so many elements need.
 *
 * @param {number} elements
 */
export const dropoutWorkgroups = (elements) => Math.ceil(elements / (4 * 64));

/** Drops out a million ones, forward and backward, and compares the two masks. */
async function main() {
  const { create, globals } = await import('webgpu'); // Dawn, which is WebGPU for Node
  Object.assign(globalThis, globals);
  const gpu = create([]); // must stay reachable as long as its devices are used
  const adapter = await gpu.requestAdapter();
  if (adapter === null) {
    console.log('This example needs WebGPU, and this machine has no GPU or no driver for it.');
    return;
  }
  const device = await adapter.requestDevice();
  const count = 1_000_000;
  const rate = 0.25;
  const input = new Float32Array(count).fill(1);
  const uniform = dropoutUniform(Key.from(42).fold('layer_0/step_3'), rate);
  const forward = await run(device, DROPOUT_FORWARD, input, uniform);
  const backward = await run(device, DROPOUT_BACKWARD, input, uniform);
  const dropped = forward.filter((value) => value === 0).length;
  const equal = forward.every((value, i) => value === backward[i]); // the residual was 0, the gradient 1
  console.log(`Dropped ${dropped} of ${count} elements at a rate of ${rate}.`);
  console.log(`The backward kernel has ${equal ? 'the same' : 'ANOTHER'} mask.`);
  device.destroy();
}

/**
 * Runs a kernel once and returns its output, which was zeros before.
 *
 * @param {GPUDevice} device
 * @param {string} code
 * @param {Float32Array<ArrayBuffer>} input
 * @param {Uint32Array<ArrayBuffer>} uniform
 */
async function run(device, code, input, uniform) {
  /** @type {(size: number, usage: number) => GPUBuffer} */
  const createBuffer = (size, usage) => device.createBuffer({ size, usage });
  const { STORAGE, UNIFORM, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const buffers = [
    createBuffer(input.byteLength, STORAGE | COPY_SRC),
    createBuffer(input.byteLength, STORAGE | COPY_DST),
    createBuffer(uniform.byteLength, UNIFORM | COPY_DST),
  ];
  device.queue.writeBuffer(buffers[1], 0, input);
  device.queue.writeBuffer(buffers[2], 0, uniform);
  const module = device.createShaderModule({ code });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  const bindGroup = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  pass.dispatchWorkgroups(dropoutWorkgroups(input.length));
  pass.end();
  const staging = createBuffer(input.byteLength, MAP_READ | COPY_DST);
  encoder.copyBufferToBuffer(buffers[0], 0, staging, 0, input.byteLength);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  return new Float32Array(staging.getMappedRange().slice(0));
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await main();
