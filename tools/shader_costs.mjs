/**
 * What the functions for kernels of one's own cost: the vector instructions that Mesa's compiler for AMD cards makes
 * of each, beside those of a kernel that only stores a word. A loop counts as one turn. No card is needed, but gcc,
 * Mesa's driver RADV, and a build of the package. Prints the rows of a table for docs/shaders.md.
 *
 *     node tools/shader_costs.mjs
 */
import { readFileSync } from 'node:fs';
import { Radv } from './radv/driver.mjs';
import { root } from './root.mjs';

const FAMILY = 'navi31'; // Radeon RX 7900 XTX

/** The word that an invocation stores, for each function. Of a block there are four elements. */
const CALLS = {
  '': 'element.x ^ key.x',
  bits_at: 'bits_at(key, element)',
  uniform_at: 'bitcast<u32>(uniform_at(key, element))',
  normal_at: 'bitcast<u32>(normal_at(key, element))',
  truncated_normal_at: 'bitcast<u32>(truncated_normal_at(key, element))',
  bernoulli_at: 'u32(bernoulli_at(key, element, key.x))',
  randint_at: 'bitcast<u32>(randint_at(key, element, 3, key.x))',
  rademacher_at: 'bitcast<u32>(rademacher_at(key, element))',
  exponential_at: 'bitcast<u32>(exponential_at(key, element))',
  laplace_at: 'bitcast<u32>(laplace_at(key, element))',
  logistic_at: 'bitcast<u32>(logistic_at(key, element))',
  gumbel_at: 'bitcast<u32>(gumbel_at(key, element))',
  lognormal_at: 'bitcast<u32>(lognormal_at(key, element))',
  permutation_at: 'permutation_at(key, element.x, key.x)',
  fold_at: 'fold_at(key, element).x',
  dropout_at: 'bitcast<u32>(dropout_at(key, element, key.x, x, y))',
  add_noise_at: 'bitcast<u32>(add_noise_at(key, element, x, y))',
  bits_block: 'all4(bits_block(key, element))',
  uniform_block: 'all4(bitcast<vec4<u32>>(uniform_block(key, element)))',
  normal_block: 'all4(bitcast<vec4<u32>>(normal_block(key, element)))',
  exponential_block: 'all4(bitcast<vec4<u32>>(exponential_block(key, element)))',
  laplace_block: 'all4(bitcast<vec4<u32>>(laplace_block(key, element)))',
  logistic_block: 'all4(bitcast<vec4<u32>>(logistic_block(key, element)))',
  gumbel_block: 'all4(bitcast<vec4<u32>>(gumbel_block(key, element)))',
  lognormal_block: 'all4(bitcast<vec4<u32>>(lognormal_block(key, element)))',
  dropout_block: 'all4(bitcast<vec4<u32>>(dropout_block(key, element, key.x, x, vec4(y, x, x, y))))',
  add_noise_block: 'all4(bitcast<vec4<u32>>(add_noise_block(key, element, x, vec4(y, x, x, y))))',
};

const functions = readFileSync(`${root}/dist/shaders/functions.wgsl`, 'utf8');
const kernels = Object.entries(CALLS).map(([name, call]) => ({
  name,
  code: `${functions}
@group(0) @binding(0) var<storage, read_write> output: array<u32>;
fn all4(words: vec4<u32>) -> u32 { return words.x ^ words.y ^ words.z ^ words.w; }
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let key = vec2<u32>(output[0], output[1]);
  let element = vec2<u32>(id.x, output[2]);
  let x = bitcast<f32>(output[3]);
  let y = bitcast<f32>(output[id.x + 4u]);
  output[id.x + 4u] = ${call.replace(/(?<![\w.])(\w+_(?:at|block))\(/g, 'tensorseed_$1(')} ^ bitcast<u32>(y);
}`,
}));

const radv = new Radv(root);
try {
  const texts = await radv.compile(FAMILY, 'shaderstats', kernels);
  const counts = new Map(
    [...texts].map(([name, text]) => {
      const count = /^VALU: (\d+)$/m.exec(text)?.[1];
      if (count === undefined) throw new Error(`RADV does not say what it compiled of ${name}: ${text}`);
      return [name, Number(count)];
    }),
  );
  const base = Number(counts.get(''));
  for (const [name, count] of counts) if (name !== '') console.log(`${name} ${count - base}`);
} finally {
  radv.close();
}
