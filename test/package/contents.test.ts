import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackInto } from '../support/packed';

/** The strings in lists and objects, however deep. */
const leaves = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [String(value)];

/** The package as users get it: packed, unpacked below node_modules of an empty project. */
describe('the packed package', () => {
  let folder = '';
  let library = '';
  const evaluate = (code: string): unknown => {
    writeFileSync(join(folder, 'main.mjs'), code);
    return JSON.parse(execFileSync(process.execPath, ['main.mjs'], { cwd: folder, encoding: 'utf8' }));
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tensorseed-package-'));
    library = unpackInto(folder);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has every file that its exports name', () => {
    const manifest = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    const named = ['main', 'module', 'types', 'exports', 'bin'].map((field) => manifest[field]);
    const files = leaves(named).filter((file) => !file.includes('*'));
    expect(files).toContain('./dist/cjs/tfjs.d.cts');
    for (const file of files) expect(() => readFileSync(join(library, file)), file).not.toThrow();
  });

  it('samples, and gives shaders as JavaScript, a manifest and a module for WESL', () => {
    const result = evaluate(`
      import { readFileSync } from 'node:fs';
      import { fileURLToPath } from 'node:url';
      import { Sampler, initializers } from 'tensorseed';
      import { functions, kernels, qrKernels, weslBundle } from 'tensorseed/shaders';
      const sampler = await Sampler.create({ backend: 'cpu' });
      const text = (path) => readFileSync(fileURLToPath(import.meta.resolve('tensorseed/shaders/' + path)), 'utf8');
      const [tensor] = await sampler.fillAll([{ initializer: initializers.bits(), shape: [1], seed: 0 }]);
      const manifest = JSON.parse(text('manifest.json'));
      const listed = new Map(manifest.kernels.map((kernel) => [kernel.name, kernel]));
      const joined = (name, variant) => listed.get(name)[variant].map((place) => manifest.declarations[place]).join('');
      console.log(JSON.stringify({
        word: (await tensor.data())[0],
        kernels: Object.values(kernels).every(({ body, edge }) => body.includes('fn main') && edge.includes('fn main') && body !== edge),
        others: [
          ...Object.entries(kernels).filter(([name, { body, edge }]) => joined(name, 'body') !== body || joined(name, 'edge') !== edge),
          ...Object.entries(qrKernels).filter(([name, code]) => joined('qr/' + name, 'body') !== code),
        ].map(([name]) => name),
        file: text('functions.wgsl') === functions,
        functions: functions.includes('fn tensorseed_normal_at('),
        bindings: functions.includes('@group'),
        modules: Object.keys(weslBundle.modules).sort(),
        source: /^(?!.*(?:import |tensorseed_)).*fn normal_at\\(/s.test(weslBundle.modules['shaders/functions.wgsl']),
      }));`);
    expect(result).toEqual({
      word: 0x6627e8d5,
      kernels: true,
      others: [],
      file: true,
      functions: true,
      bindings: false,
      modules: ['shaders/functions.wgsl'],
      source: true,
    });
  });
});
