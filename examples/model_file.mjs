// @ts-check
/**
 * Writes all tensors of a model to a safetensors file, the same bytes as `tensorseed init` writes. A chunk at a
 * time is in memory, so the model may be larger than that.
 *
 *     node examples/model_file.mjs                                          # a small Keras model
 *     node examples/model_file.mjs gpt2 out/gpt2.safetensors                # a preset: 498 MB
 */
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Sampler } from 'tensorseed';
import { describeModel, layers, modelFile, Sequential } from 'tensorseed/models';

const [preset, path = 'out/model.safetensors'] = process.argv.slice(2);
const source =
  preset ??
  new Sequential([
    layers.conv2d({ filters: 32, kernelSize: 3, inputShape: [28, 28, 1], kernelInitializer: 'he_normal' }),
    layers.flatten(),
    layers.dense({ units: 10, kernelInitializer: 'glorot_uniform' }),
  ]);

const model = describeModel(source);
if (model.keras !== undefined) model.summary();

const file = modelFile(source, { seed: 42, dtype: 'bfloat16' });
const sampler = await Sampler.create();
await mkdir(dirname(path), { recursive: true });
const output = await open(path, 'w');
try {
  await output.writeFile(file.header);
  for await (const { bytes } of file.chunks(sampler)) await output.writeFile(bytes); // goes on after what is written
} finally {
  await output.close();
  sampler.destroy();
}
console.log(`${path} has ${file.tensors.length} tensors and ${file.byteLength} bytes.`);
