import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allTrials, byConstants, Shaders, type Trial } from '../../../bench/isa/cases';
import { compare, WITHOUT_COMPILER } from '../../../bench/isa/compare';
import { findCompiler, HostKernel, operandOf } from '../../../bench/isa/host';
import { translate } from '../../../bench/isa/translate';
import { fillReference, loadTwin } from '../../../src/backends/cpu/reference/fill';
import { paramsOf } from '../../../src/backends/gpu/pipelines/params';
import { variantOf } from '../../../src/backends/gpu/pipelines/variant';
import { bytesPerElement, patternsIn } from '../../../src/core/dtype';
import { readShaders } from '../../../tools/wgsl_plugin';

const compiler = findCompiler();
const sources = readShaders();
const shaders = new Shaders(sources);

describe('the translation to C++', () => {
  it.each([
    ['let x = 1.5;', 'const auto x = 1.5f;'],
    ['let x = 0x1p-3 + 2f + 1e-3;', 'const auto x = 0x1p-3f + 2.0f + 1e-3f;'],
    ['var x: u32;', 'u32 x = u32();'],
    ['let x = vec2(1u).yx.x >> 2u;', 'const auto x = vec2 ( 1u ) .yx() .x >> 2u;'],
    [
      'let x = bitcast<vec2<u32>>(vec2<f32>(1.0));',
      'const auto x = bitcast<vec2<u32>> ( vec2<f32> ( 1.0f ) );',
    ],
    ['let short = min(3u, 4u) < 5u;', 'const auto short_ = wgsl::min ( 3u , 4u ) < 5u;'],
    ['let f = f(1u);', 'const auto f = fn_f ( 1u );'],
    ['loop { continuing { break if true; } }', 'for (;;) {\nif (true) break;\n}'],
  ])('of %j', (wgsl, expected) => {
    const { code } = translate(`fn f(x: u32) -> u32 { return x; } fn g() { ${wgsl} }`, {});
    expect(code).toContain(`fn_g() const {\n${expected}\n}`);
  });

  it('takes the values of overrides, and their own where there is none', () => {
    const { code } = translate('override A: u32 = 1u; override B: u32 = A;', { A: 7 });
    expect(code).toContain('constexpr u32 A = (u32)7;\nconstexpr u32 B = A;');
  });

  it('has the entry points, and what a workgroup shares', () => {
    const { code, entryPoints, shared } = translate(
      `var<workgroup> x: array<u32, 2u * 4u>;
       var<workgroup> y: atomic<i32>;
       @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) {}
       @compute @workgroup_size(64) fn main_compacted(@builtin(local_invocation_id) id: vec3<u32>) {
         x[atomicAdd(&y, 1)] = id.x;
       }`,
      {},
    );
    expect(code).toContain('SHARED u32 x[2u * 4u];\nSHARED i32 y;\n');
    expect(code).toContain('x [ wgsl::atomicAdd ( & y , 1 ) ] = id .x;');
    expect([...entryPoints]).toEqual([
      ['main', ['global_invocation_id']],
      ['main_compacted', ['local_invocation_id']],
    ]);
    expect(shared).toEqual(['x', 'y']);
  });

  it.each([
    ['var<private> x: array<u32, 4>;', 'variables of private'],
    ['fn f() { switch 1u { default: {} } }', 'switch'],
    ['fn f() { loop { continue; continuing { break if true; } } }', 'continue in a loop with continuing'],
    ['fn f(x: mat2x2<f32>) {}', 'the type mat2x2'],
    ['alias a = u32;', 'the declaration alias a'],
    ['fn f() {', 'the kernel ends'],
  ])('refuses %j', (wgsl, message) => {
    expect(() => translate(wgsl, {})).toThrow(message);
  });
});

describe.skipIf(compiler === undefined)(
  compiler === undefined ? WITHOUT_COMPILER : `kernels that ${compiler} compiles`,
  { timeout: 300_000 },
  () => {
    let folder = '';
    let trials: Trial[] = [];
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'tensorseed-translate-'));
      trials = await allTrials(shaders.kernels, 1000);
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    it.each([
      'normal/float32',
      'normal/float32/offset96',
      'truncated_normal/float16/realign',
      'normal_half/bfloat16',
      'randint/int8',
      'poisson/uint32',
    ])('%s has the values of the CPU reference', async (name) => {
      const own = trials.filter((trial) => trial.name === name);
      expect(own.length).toBeGreaterThan(0);
      const [{ dispatch: first }] = own;
      const members = paramsOf(first).flatMap(([member]) => (member === '' ? [] : [member]));
      const code = await shaders.link(first.params.kernel);
      for (const [i, part] of byConstants(own).entries()) {
        const { constants } = variantOf(part[0].dispatch);
        const file = `${name.replaceAll('/', '_')}_${i}`;
        const kernel = await HostKernel.build(folder, file, compiler!, code, constants, members);
        for (const { dispatch } of part) {
          const { params, key, dtype, element, groups } = dispatch;
          const expected = new ArrayBuffer(groups * 16);
          if (params.kernel === 'foreign' || params.kernel === 'orthogonal')
            throw new Error('it has no twin');
          await loadTwin(params as Parameters<typeof loadTwin>[0]);
          const patterns = patternsIn(dtype, expected, 0, expected.byteLength / bytesPerElement(dtype));
          fillReference(params as Parameters<typeof fillReference>[0], key, dtype, element, patterns);
          const got = await kernel.run(dispatch, operandOf(dispatch));
          expect(got.equals(Buffer.from(expected)), `from element ${element}`).toBe(true);
        }
      }
    });

    it('are compared value by value', async () => {
      const own = trials.filter(({ name }) => name === 'bits/uint32');
      expect(await compare(own, shaders, shaders)).toEqual([{ name: 'bits/uint32', values: 0 }]);
      const other = {
        ...sources,
        'kernels/bits.wgsl': sources['kernels/bits.wgsl'].replace('return ', 'return 0u + '),
      };
      expect(await compare(own, shaders, new Shaders(other))).toEqual([
        { name: 'bits/uint32', values: 8000 },
      ]);
      // Only the third lane of one block differs.
      const wrong = {
        ...sources,
        'kernels/bits.wgsl': sources['kernels/bits.wgsl'].replace(
          /return (.*);/,
          'return $1 + vec4<u32>(0u, 0u, select(0u, 1u, counter.x == 77u), 0u);',
        ),
      };
      const [{ difference, values }] = await compare(own, shaders, new Shaders(wrong));
      expect(values).toBe(4000);
      expect(difference).toMatchObject({ draw: 'Bits {}', counter: 77n, lane: 2, size: 4 });
      expect((difference!.other - difference!.ours) >>> 0).toBe(1);
    });

    it('are not compared where the other version cannot be built', async () => {
      const own = trials.filter(({ name }) => name === 'bits/uint32');
      const without = Object.fromEntries(
        Object.entries(sources).filter(([path]) => path !== 'kernels/bits.wgsl'),
      );
      const [{ reason }] = await compare(own, shaders, new Shaders(without));
      expect(reason).toBe('the other version does not have it');
      const broken = {
        ...sources,
        'kernels/bits.wgsl': sources['kernels/bits.wgsl'].replace('counter, 0u', 'counter, counter'),
      };
      const [refused] = await compare(own, shaders, new Shaders(broken));
      expect(refused.reason).toMatch(/error: .*vec2/);
    });
  },
);
