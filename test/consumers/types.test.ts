import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programsOf } from '../docs/markdown';
import { packInto, unpackInto } from '../support/packed';
import { PEERS, WITH_PEERS } from './peers';
import { IMPORTING, MIXED, MODULE, REQUIRING } from './programs';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

interface Compiler {
  readonly version: string;
  /** The name that it is installed under. */
  readonly name: string;
  /** Whether its types of the DOM have those of WebGPU. */
  readonly hasWebGpu: boolean;
}

const COMPILERS: readonly Compiler[] = [
  { version: '5.7', name: 'typescript-5.7', hasWebGpu: false },
  { version: '5.8', name: 'typescript-5.8', hasWebGpu: false },
  { version: '5.9', name: 'typescript-5.9', hasWebGpu: false },
  { version: '6.0', name: 'typescript-6.0', hasWebGpu: true },
  { version: '7', name: 'typescript', hasWebGpu: true },
];

/** All that a careful user switches on. */
const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  target: 'es2022',
  declaration: true,
  noEmit: true,
  skipLibCheck: false,
  skipDefaultLibCheck: true, // The types of the platform are not ours.
};

describe('the declarations of the packed package', () => {
  let folder = '';
  let tarball = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tensorseed-types-'));
    tarball = packInto(folder);
    unpackInto(folder, tarball);
    for (const name of [...PEERS, '@types/node', '@webgpu/types']) {
      const path = join(folder, 'node_modules', name);
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), path, 'junction');
    }
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What a compiler says of files in a folder of their own, message by message. */
  async function compile(
    { name, hasWebGpu }: Compiler,
    files: Readonly<Record<string, string>>,
    options: object,
  ): Promise<string[]> {
    const project = mkdtempSync(join(folder, 'project-'));
    writeFileSync(join(project, 'package.json'), '{"type":"module"}');
    for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
    const types = hasWebGpu ? [] : ['@webgpu/types'];
    const config = { compilerOptions: { ...STRICT, types, ...options }, files: Object.keys(files) };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
    const words = [tsc(name), '-p', project, '--pretty', 'false', '--listFiles'];
    const { stdout } = await execute(process.execPath, words, { cwd: project, maxBuffer: 2 ** 26 }).catch(
      (failed: { stdout: string }) => failed,
    );
    const lines = stdout.split('\n').filter((line) => line !== '');
    const isRead = (line: string) => /^[^()]+\.[cm]?[jt]s$/.test(line);
    // A program of nothing would have no fault.
    expect(lines.filter((line) => isRead(line) && line.includes('/tensorseed/dist/')).length).toBeGreaterThan(
      3,
    );
    return lines.filter((line) => !isRead(line));
  }

  describe.concurrent.each(COMPILERS)('TypeScript $version', { timeout: 600_000 }, (compiler) => {
    // What takes long and hardly depends on the version is tried with the oldest and the newest.
    const isExtreme = compiler === COMPILERS[0] || compiler === COMPILERS.at(-1);

    it('is the compiler', async ({ expect }) => {
      const { stdout } = await execute(process.execPath, [tsc(compiler.name), '--version']);
      expect(stdout).toMatch(new RegExp(`^Version ${compiler.version.replace('.', '\\.')}\\.`));
    });

    it.each([
      ['node16', { 'use.mts': MODULE, 'use.ts': MODULE, 'mixed.mts': MIXED, 'use.cts': REQUIRING }, {}],
      ['nodenext', { 'use.ts': MODULE, 'use.cts': IMPORTING }, { verbatimModuleSyntax: false }],
      ['esnext', { 'use.mts': MODULE, 'use.ts': MODULE }, { moduleResolution: 'bundler' }],
    ])('module %s', async (module, files, options) => {
      expect(await compile(compiler, files, { module, ...options })).toEqual([]);
    });

    if (isExtreme)
      it('module preserve, whose require a bundler resolves', async () => {
        const options = { module: 'preserve', moduleResolution: 'bundler' };
        expect(await compile(compiler, { 'use.ts': MODULE, 'use.cts': REQUIRING }, options)).toEqual([]);
      });

    if (!compiler.hasWebGpu)
      it('module commonjs, whose resolution knows no exports; it ended with TypeScript 6', async () => {
        const options = { module: 'commonjs', moduleResolution: 'node10', verbatimModuleSyntax: false };
        expect(await compile(compiler, { 'use.ts': IMPORTING }, options)).toEqual([]);
      });

    if (isExtreme)
      it('without a DOM', async () => {
        const options = { module: 'nodenext', lib: ['es2022'], types: ['node', '@webgpu/types'] };
        const messages = await compile(compiler, { 'use.ts': MODULE }, options);
        // @webgpu/types itself names images and canvases.
        expect(messages.filter((message) => !isOfPeer(message))).toEqual([]);
      });

    it('with the peers and the examples of README.md and the guide', async () => {
      const programs = ['README.md', 'docs/guide.md'].flatMap(programsOf);
      const examples = programs.map(({ where, code }): [string, string] => [
        `${where.replace(/\W/g, '_')}.ts`,
        `${code}\nexport {};\n`,
      ]);
      expect(examples.length).toBeGreaterThan(10);
      const files = { 'peers.mts': WITH_PEERS, ...Object.fromEntries(examples) };
      const messages = await compile(compiler, files, {
        module: 'nodenext',
        skipLibCheck: !isExtreme,
        declaration: false, // A declaration cannot name some types of TensorFlow.js.
        noUncheckedIndexedAccess: false, // An example need not ask for what it made itself.
      });
      expect(messages.filter((message) => !isOfPeer(message))).toEqual([]);
    });
  });

  it('are right to arethetypeswrong, for every kind of resolution', { timeout: 300_000 }, async () => {
    const attw = join(root, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');
    const { stdout } = await execute(process.execPath, [
      attw,
      tarball,
      '--profile',
      'strict',
      '--format',
      'json',
    ]);
    const { analysis, problems } = JSON.parse(stdout) as {
      analysis: { types: { kind: string }; entrypoints: Record<string, unknown> };
      problems?: object;
    };
    expect(analysis.types.kind).toBe('included');
    expect(Object.keys(analysis.entrypoints)).toEqual(expect.arrayContaining(['.', './models', './tfjs']));
    expect(problems ?? {}).toEqual({});
  });

  it('and its package.json are right to publint', { timeout: 300_000 }, async () => {
    const publint = join(root, 'node_modules', 'publint', 'src', 'cli.js');
    const { stdout } = await execute(process.execPath, [publint, 'run', tarball, '--strict']);
    expect(stdout).toContain('All good!');
  });
});

const tsc = (name: string): string => join(root, 'node_modules', name, 'bin', 'tsc');

/** Whether a message is about a file of another package, which this one cannot mend, or is a part of one. */
function isOfPeer(message: string): boolean {
  return /^([^(]*node_modules\/(?!tensorseed\/)| )/.test(message);
}
