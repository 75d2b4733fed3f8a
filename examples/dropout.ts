/**
 * Dropout inside a runtime's own kernels. The mask is never stored: element i is dropped where the library's
 * word for (key, i) is below a threshold, and the backward kernel asks the same question again.
 */
import type { Key } from '../src/streams/key';
import { functions } from '../src/runtimes/shaders'; // for users: from 'tensorseed/shaders'

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

function kernel(statement: string): string {
  return `${functions}${DECLARATIONS}
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
}

/** Fused with a residual connection: output = output + dropout(input). */
export const DROPOUT_FORWARD = kernel('output[i] += factors[lane] * input[i];');

/** Its gradient with respect to `input`: output = the same mask times the incoming gradient, which is `input` here. */
export const DROPOUT_BACKWARD = kernel('output[i] = factors[lane] * input[i];');

/** The uniform `Dropout`, for a rate in [0, 1). A step of training takes a key of its own: `Key.from(seed).fold(`${layer}/${step}`)`. */
export function dropoutUniform(key: Key, rate: number): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array([key.lo, key.hi, Math.floor(rate * 2 ** 32), 0]);
  new Float32Array(words.buffer)[3] = 1 / (1 - rate);
  return words;
}

/** Workgroups for so many elements. */
export function dropoutWorkgroups(elements: number): number {
  return Math.ceil(elements / (4 * 64));
}
