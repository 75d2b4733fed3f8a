// @ts-check
/**
 * A tensor from a seed, a range of it computed by itself, and the same values as bfloat16.
 *
 *     node examples/tensor.mjs
 */
import { initializers, Sampler } from 'tensorseed';

/** @param {Float32Array} values */
const text = (values) => Array.from(values, (value) => value.toFixed(6)).join(' ');

const sampler = await Sampler.create(); // a GPU where there is one, else WebAssembly on the CPU
console.log(`Computed on: ${sampler.description}`);

const initializer = initializers.heNormal();
const shape = [3, 3, 64, 128];
const options = { seed: 42, name: 'encoder/conv_1/kernel' };
const kernel = await sampler.fill(initializer, shape, options);
const values = await kernel.float32();
console.log(`The kernel has ${values.length} elements.`);

// A range is computed without the elements before it, and its values are those of the whole tensor.
const range = { start: 70_000, count: 4 };
const part = await sampler.fill(initializer, shape, { ...options, range });
console.log(`Elements 70000 to 70003 of the whole: ${text(values.subarray(70_000, 70_004))}`);
console.log(`The same range computed by itself:    ${text(await part.float32())}`);

// float32() gives halves exactly. data() gives their 16-bit patterns.
const halves = await sampler.fill(initializer, shape, { ...options, dtype: 'bfloat16', range });
console.log(`The same range rounded to bfloat16:   ${text(await halves.float32())}`);

for (const tensor of [kernel, part, halves]) tensor.destroy();
sampler.destroy();
