/** What typegpu_functions.test.ts runs in the browser. */
import tgpu from 'typegpu';
import * as d from 'typegpu/data';
import * as functions from '../../src/runtimes/typegpu_functions';
import { words } from './words';

const root = await tgpu.init();

const layout = tgpu.bindGroupLayout({
  key: { uniform: d.vec2u },
  results: { storage: d.arrayOf(d.u32), access: 'mutable' },
});

/**
 * The results of an expression of WGSL for each element, as words.
 * @param expression what becomes of an element `e` with the key `k`, with functions as `tensorseed.normalAt`
 */
export async function evaluate(expression: string, key: readonly [number, number], count: number) {
  const kernel = tgpu
    .computeFn({ in: { id: d.builtin.globalInvocationId }, workgroupSize: [64] })(`{
    let e = vec2u(in.id.x, 0u);
    let k = layout.$.key;
    if (e.x < arrayLength(&layout.$.results)) { layout.$.results[e.x] = ${expression}; }
  }`)
    .$uses({ layout, tensorseed: functions });
  const results = root.createBuffer(d.arrayOf(d.u32, count)).$usage('storage');
  const uniform = root.createBuffer(d.vec2u, d.vec2u(...key)).$usage('uniform');
  root
    .createComputePipeline({ compute: kernel })
    .with(root.createBindGroup(layout, { key: uniform, results }))
    .dispatchWorkgroups(Math.ceil(count / 64));
  return words(new Uint32Array(await results.read()));
}

/** How often the library is in a shader that calls several functions. */
export function declarations(): number {
  const { normalAt, uniformAt, bitsAt } = functions;
  return tgpu.resolve([normalAt, uniformAt, bitsAt]).split('fn tensorseed_bits_at(').length - 1;
}

export const names = (): string[] => Object.keys(functions);
