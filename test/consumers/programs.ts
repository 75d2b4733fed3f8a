/** Programs of users, in TypeScript. Each uses the entries that need no peer. */

const CORE = `
const sampler: Sampler = await Sampler.create({ backend: 'cpu' });
const options: FillOptions = { seed: Key.from(42).fold('w'), dtype: 'bfloat16' };
const tensor: Tensor = await sampler.fill(initializers.heNormal({ seed: 1 }), [2, 2], options);
const scaling: initializers.HeNormal = initializers.heNormal();
const config: initializers.Config = scaling.getConfig();
if (config.seed !== 1) throw new Error(scaling.className);
const [first] = await sampler.fillAll([{ initializer: scaling, shape: [3], seed: 1n }]);
const words: number | undefined = (await first?.data())?.[0];
const own: initializers.Initializer = {
  className: 'Own',
  resolve: ([rows]) => ({ kind: 'uniform', low: 0, high: 1 / (rows ?? 1) }),
  getConfig: () => ({}),
};
const same: boolean = (await sampler.fill(own, [2])) instanceof Object && sampler instanceof Sampler;
const lost: string = [new ArgumentError('a'), new DeviceError('b')].map(({ message }) => message).join();
// @ts-expect-error: no such dtype
sampler.check('zeros', [2], { dtype: 'float63' });
// @ts-expect-error: no such option
initializers.heNormal({ sed: 1 });

const dense = layers.dense(4, { inputShape: [3], kernelInitializer: 'he_uniform', useBias: false });
const stack: KerasModel = new Sequential([dense, layers.einsumDense({ equation: 'ab,bc->ac', outputShape: [2] })]);
const model: InitializedModel = await initModel(stack, { seed: 42, sampler });
const kernel: Tensor | undefined = model.tensors.get('dense/kernel');
const layerOptions: LayerOptions<'conv2d'> = { filters: 2, kernelSize: [3, 3], padding: 'same' };
// @ts-expect-error: no such padding
const wrong: LayerOptions<'conv2d'> = { padding: 'sam' };
// @ts-expect-error: no such layer
layers.dens;
const file = modelFile('gpt2', { seed: 1 });

const code: string = functions + kernels.truncated_normal.edge + qrKernels.factor;
`;

const VALUES = {
  tensorseed: ['ArgumentError', 'DeviceError', 'initializers', 'Key', 'Sampler'],
  'tensorseed/models': ['initModel', 'KerasModel', 'layers', 'modelFile', 'Sequential'],
  'tensorseed/shaders': ['functions', 'kernels', 'qrKernels'],
};
const TYPES: Readonly<Record<string, readonly string[]>> = {
  tensorseed: ['FillOptions', 'Tensor'],
  'tensorseed/models': ['InitializedModel', 'LayerOptions'],
};

const imports = Object.entries(VALUES)
  .map(([path, values]) => [
    path,
    [...values, ...(TYPES[path] ?? []).map((name) => `type ${name}`)].join(', '),
  ])
  .map(([path, names]) => `import { ${names} } from '${path}';\n`)
  .join('');

/** An ES module. What it exports has inferred types, which a file of declarations must be able to name. */
export const MODULE = `${imports}${CORE}
export const prepared = await sampler.prepare('zeros', [4], { buffer: {} as GPUBuffer });
export const initializer = initializers.glorotUniform();
export const { layers: all, weights } = stack;
export { code, config, dense, file, kernel, lost, layerOptions, model, same, sampler, tensor, words, wrong };
`;

/** A CommonJS module with `import` and `export`, which TypeScript turns into `require`. */
export const IMPORTING = `${imports}
export async function main() {
${CORE}
  return { code, dense, file, kernel, lost, layerOptions, model, same, tensor, words, wrong };
}
`;

/** A CommonJS module as verbatimModuleSyntax wants it. */
export const REQUIRING = `import tensorseed = require('tensorseed');
import models = require('tensorseed/models');
import shaders = require('tensorseed/shaders');
import initializers = tensorseed.initializers;
type FillOptions = tensorseed.FillOptions;
type InitializedModel = models.InitializedModel;
type KerasModel = models.KerasModel;
type LayerOptions<Name extends keyof models.Layers> = models.LayerOptions<Name>;
type Sampler = tensorseed.Sampler;
type Tensor = tensorseed.Tensor;
const { ArgumentError, DeviceError, Key, Sampler } = tensorseed;
const { initModel, layers, modelFile, Sequential } = models;
const { functions, kernels, qrKernels } = shaders;
async function main() {
${CORE}
  return { code, dense, file, kernel, lost, layerOptions, model, same, tensor, words, wrong };
}
export = main;
`;

/** An ES module for which a type is the same, whether it or a CommonJS module imports it. */
export const MIXED = `import { Key, Sampler } from 'tensorseed';
import { fillingLabel, type InitializedModel } from 'tensorseed/models';
import type * as required from 'tensorseed' with { 'resolution-mode': 'require' };
import type { InitializedModel as Required } from 'tensorseed/models' with { 'resolution-mode': 'require' };
declare const model: Required;
export const sampler: required.Sampler = await Sampler.create();
export const back: Sampler = sampler;
export const key: required.Key = Key.from(1);
export const same: InitializedModel = model;
export const label: string = fillingLabel('zeros');
`;
