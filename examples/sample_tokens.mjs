// @ts-check
/**
 * Samples text from a small language model on the GPU: the logits, the choice and the text stay there until the end.
 * From one seed it is the same text on every device, and on the CPU. The model is a head of attention that
 * looks up how a text went on after the last letters; its logits are small integers, which all devices compute alike.
 *
 *     node examples/sample_tokens.mjs
 */
import { Sampler } from 'tensorseed';
import { categorical, prepareCategorical } from 'tensorseed/operations';
import { create, globals } from 'webgpu'; // Dawn, which is WebGPU for Node

// Lewis Carroll, Alice's Adventures in Wonderland, 1865.
const BOOK =
  `Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do:
once or twice she had peeped into the book her sister was reading, but it had no pictures or conversations in it, and
what is the use of a book, thought Alice, without pictures or conversations? So she was considering in her own mind, as
well as she could, for the hot day made her feel very sleepy and stupid, whether the pleasure of making a daisy-chain
would be worth the trouble of getting up and picking the daisies, when suddenly a White Rabbit with pink eyes ran close
by her. `.replaceAll('\n', ' ');
const PROMPT = 'Alice ';
const LENGTH = 120;
const SEED = 42;
const OPTIONS = { temperature: 2, topP: 0.95, name: 'text' };

const LETTERS = [...new Set(BOOK)].sort();
/** @param {string} text */
const tokensOf = (text) => Uint32Array.from(text, (letter) => LETTERS.indexOf(letter));
const book = tokensOf(BOOK);
const prompt = tokensOf(PROMPT);

/** The model: the logit of a letter is 3 for each letter before it that is as in the book, where that fits best. */
const MODEL = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> logits: array<f32>;
@group(0) @binding(1) var<storage, read> book: array<u32>;
@group(0) @binding(2) var<storage, read> text: array<u32>;
@group(0) @binding(3) var<uniform> written: u32;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= arrayLength(&logits)) { return; }
  var best = 0u;
  for (var i = 0u; i < arrayLength(&book); i++) {
    if (book[i] == id.x) {
      var fits = 0u;
      while (fits < min(6u, min(i, written)) && book[i - 1u - fits] == text[written - 1u - fits]) { fits++; }
      best = max(best, fits);
    }
  }
  logits[id.x] = 3.0 * f32(best);
}`;

/**
 * The same model on the CPU.
 *
 * @param {number[]} text
 */
function logitsAfter(text) {
  const best = new Float32Array(LETTERS.length);
  book.forEach((letter, i) => {
    let fits = 0;
    while (fits < Math.min(6, i, text.length) && book[i - 1 - fits] === text[text.length - 1 - fits]) fits++;
    best[letter] = Math.max(best[letter], 3 * fits);
  });
  return best;
}

/** @param {Iterable<number>} tokens */
const textOf = (tokens) => Array.from(tokens, (token) => LETTERS[token]).join('');

async function sampleOnCpu() {
  const sampler = await Sampler.create({ backend: 'cpu' });
  const text = [...prompt];
  for (let step = 0; step < LENGTH; step++) {
    const options = { ...OPTIONS, vocabulary: LETTERS.length, seed: SEED, step };
    const [token] = await (await categorical(sampler, logitsAfter(text), options)).data();
    text.push(token);
  }
  sampler.destroy();
  return textOf(text);
}

/** @param {Sampler} sampler */
async function sampleOnGpu(sampler) {
  const device = /** @type {GPUDevice} */ (sampler.device);
  const { STORAGE, UNIFORM, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  /** @type {(size: number, usage: number, data?: Uint32Array<ArrayBuffer>) => GPUBuffer} */
  const createBuffer = (size, usage, data) => {
    const buffer = device.createBuffer({ size, usage: usage | COPY_DST });
    if (data !== undefined) device.queue.writeBuffer(buffer, 0, data);
    return buffer;
  };
  const bytes = 4 * (prompt.length + LENGTH);
  const logits = createBuffer(4 * LETTERS.length, STORAGE);
  const text = createBuffer(bytes, STORAGE | COPY_SRC, prompt);
  const token = createBuffer(4, STORAGE | COPY_SRC);
  const written = createBuffer(4, UNIFORM);
  const module = device.createShaderModule({ code: MODEL });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  const bound = [logits, createBuffer(book.byteLength, STORAGE, book), text, written];
  const bindGroup = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: bound.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  const options = { ...OPTIONS, vocabulary: LETTERS.length, seed: SEED, buffer: token };
  const choice = await prepareCategorical(sampler, logits, options);

  for (let step = 0; step < LENGTH; step++) {
    const length = prompt.length + step;
    device.queue.writeBuffer(written, 0, Uint32Array.of(length));
    choice.reseed(SEED, step);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(Math.ceil(LETTERS.length / 64));
    choice.encode(pass);
    pass.end();
    encoder.copyBufferToBuffer(token, 0, text, 4 * length, 4);
    device.queue.submit([encoder.finish()]);
  }

  const staging = createBuffer(bytes, MAP_READ);
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(text, 0, staging, 0, bytes);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  return textOf(new Uint32Array(staging.getMappedRange().slice(0)));
}

Object.assign(globalThis, globals);
const gpu = create([]); // must stay reachable as long as its devices are used
const adapter = await gpu.requestAdapter();
if (adapter === null) {
  console.log('This example needs WebGPU, and this machine has no GPU or no driver for it.');
} else {
  const device = await adapter.requestDevice();
  const text = await sampleOnGpu(await Sampler.create({ device }));
  console.log(text);
  console.log(`The CPU samples ${(await sampleOnCpu()) === text ? 'the same' : 'ANOTHER'} text.`);
  device.destroy();
}
