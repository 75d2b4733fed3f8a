import type { Member } from './member';

/** The hash pcg4d (Jarzynski and Olano, 2020, https://jcgt.org/published/0009/03/02/) of counter and key. */
export const stream: Member = {
  heading: 'A stream',
  names: { name: 'pcg4d' },
  files: {
    'shaders/streams/pcg4d.wgsl': `// pcg4d (Jarzynski and Olano, 2020) of the counter and the key.

fn pcg4d(words: vec4<u32>) -> vec4<u32> {
  var v = words * 1664525u + 1013904223u;
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  v = v ^ (v >> vec4(16u));
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  return v;
}

/// The four words of a block.
fn stream_block(key: vec2<u32>, counter: vec2<u32>, attempt: u32) -> vec4<u32> {
  return pcg4d(vec4<u32>(counter.x, counter.y ^ attempt, key));
}
`,
    'src/streams/pcg4d.ts': `/** The twin of shaders/streams/pcg4d.wgsl. */
import * as bits from '../../shaders/kernels/bits.wgsl?from=pcg4d&stream';
import * as normal from '../../shaders/kernels/normal.wgsl?from=pcg4d&stream';
import * as truncated_normal from '../../shaders/kernels/truncated_normal.wgsl?from=pcg4d&stream';
import * as uniform from '../../shaders/kernels/uniform.wgsl?from=pcg4d&stream';
import type { Stream } from './definition';
import { counterStream } from './counter_stream';

function mix(v: Uint32Array): void {
  v[0] += Math.imul(v[1], v[3]);
  v[1] += Math.imul(v[2], v[0]);
  v[2] += Math.imul(v[0], v[1]);
  v[3] += Math.imul(v[1], v[2]);
}

/**
 * The draws of tensorseed's own stream over the words of pcg4d.
 *
 * @example
 * \`\`\`ts
 * import { Sampler } from 'tensorseed';
 * import { pcg4d } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill('normal', [4], { seed: 1, stream: pcg4d });
 * console.log(tensor.key.stream === pcg4d); // true
 * sampler.destroy();
 * \`\`\`
 */
export const pcg4d: Stream = /* @__PURE__ */ counterStream({
  name: 'pcg4d',
  code: { bits, normal, truncated_normal, uniform },
  block({ lo, hi }, blockLo, blockHi, attempt, out) {
    [blockLo, blockHi ^ attempt, lo, hi].forEach((word, i) => (out[i] = Math.imul(word, 1664525) + 1013904223));
    mix(out);
    for (let i = 0; i < 4; i++) out[i] ^= out[i] >>> 16;
    mix(out);
  },
});
`,
  },
  lines: {
    'src/streams/index.ts': [['export { jax', "export { pcg4d } from './pcg4d';"]],
    'src/streams/named.ts': [
      ['import { jax', "import { pcg4d } from './pcg4d';"],
      ['const STREAMS', '  pcg4d,'],
    ],
    'test/gpu/streams.test.ts': [['const STREAMS', "  'pcg4d',"]],
  },
};
