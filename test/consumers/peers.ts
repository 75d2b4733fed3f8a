/** What the entries for the runtimes need. */
export const PEERS = [
  '@jax-js/jax',
  'onnxruntime-web',
  'onnxruntime-common',
  '@tensorflow/tfjs',
  '@tensorflow/tfjs-backend-webgpu',
  'typegpu',
];

/** A program that uses these entries. */
export const WITH_PEERS = `import * as tf from '@tensorflow/tfjs';
import tgpu from 'typegpu';
import * as d from 'typegpu/data';
import { numpy as np } from '@jax-js/jax';
import { Sampler } from 'tensorseed';
import * as jax from 'tensorseed/jax';
import * as ort from 'tensorseed/ort';
import { fill, heNormal, HeNormal, varianceScaling } from 'tensorseed/tfjs';
import { dropout, install, multinomial } from 'tensorseed/tfjs-ops';
import * as typegpu from 'tensorseed/typegpu';
import { normalAt } from 'tensorseed/typegpu-functions';

const layer = tf.layers.dense({ units: 2, kernelInitializer: heNormal({ seed: 1 }), biasInitializer: new HeNormal() });
varianceScaling({ mode: 'fanAvg', distribution: 'truncated_normal' });
const tensor: tf.Tensor = await fill('he_normal', [2, 2], { seed: 1n, dtype: 'float32' });
const dims: readonly number[] = (await ort.fill('he_normal', [2, 2], { seed: 1, dtype: 'float16' })).dims;
const root = await tgpu.init();
const own = (await typegpu.fill(root, 'he_normal', [4], { seed: 1 })).as('readonly');
const buffer = root.createBuffer(d.arrayOf(d.vec4f, 1)).$usage('storage');
const same: typeof buffer = await typegpu.fill(root, heNormal({ seed: 1 }), [4], { buffer });
const tokens: tf.Tensor = multinomial(dropout(tensor, 0.5, [2, null], 'a') as tf.Tensor2D, 3, 1);
const uninstall: () => void = install({ seed: 1n });
const scaled = tgpu.fn([d.vec2u], d.f32)(\`(key: vec2u) -> f32 { return 2 * normalAt(key, vec2u()); }\`).$uses({ normalAt });
const array = np.sum(await jax.fill('zeros', [3]));
const sampler: Sampler = Sampler.on(root.device);
// @ts-expect-error: no such option
install({ sed: 1 });
// @ts-expect-error: no such option
heNormal({ sed: 1 });
// @ts-expect-error: no such dtype
await ort.fill('he_normal', [2, 2], { seed: 1, dtype: 'bfloat16' });
export { array, dims, layer, own, same, sampler, scaled, tensor, tokens, uninstall };
`;
