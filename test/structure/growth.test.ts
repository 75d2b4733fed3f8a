import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findVulkanDrivers } from '../../tools/find.mjs';
import { distribution } from './growth/distribution';
import { initializer } from './growth/initializer';
import { layer } from './growth/layer';
import type { Member } from './growth/member';
import { runtime } from './growth/runtime';
import { stream } from './growth/stream';

const root = fileURLToPath(new URL('../../', import.meta.url));
const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

/** The paths that the items of a list in CONTRIBUTING.md begin with. */
function placesOf(heading: string): string[] {
  const section = contributing.split(/^### /m).find((part) => part.startsWith(`${heading}\n`));
  return Array.from(section?.matchAll(/^\d+\. `([^`]+)`/gm) ?? [], ([, path]) => path);
}

function named(path: string, names: Member['names']): string {
  return path.replace(/<(\w+)>/g, (_, word: string) => names[word]);
}

const MEMBERS = [distribution, initializer, layer, runtime, stream];

/** A copy of the project with the new members, built. */
let copy = '';

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'tensorseed-growth-'));
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const path of tracked.split('\0')) {
    if (path !== '' && existsSync(join(root, path))) cpSync(join(root, path), join(copy, path));
  }
  for (const folder of ['node_modules', 'docs/node_modules']) {
    if (existsSync(join(root, folder))) symlinkSync(join(root, folder), join(copy, folder));
  }
  for (const member of MEMBERS) add(member);
  run('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn');
}, 120_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function add({ files, lines }: Member): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(copy, path), text);
  for (const [path, insertions] of Object.entries(lines)) {
    let text = readFileSync(join(copy, path), 'utf8');
    for (const [after, line] of insertions) {
      const end = text.indexOf('\n', text.indexOf(after));
      if (!text.includes(after)) throw new Error(`${path} has no line with ${after}`);
      text = `${text.slice(0, end)}\n${line}${text.slice(end)}`;
    }
    writeFileSync(join(copy, path), text);
  }
}

/** Runs a script in the copy; fails with what it printed. */
function run(script: string, ...words: string[]): string {
  try {
    return execFileSync(process.execPath, [script, ...words], {
      cwd: copy,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, VITEST: undefined, VITEST_POOL_ID: undefined, VITEST_WORKER_ID: undefined },
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${script} ${words.join(' ')}\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`);
  }
}

/** Runs a program of a user of the package. @returns what it prints */
function program(code: string): string {
  const file = join(copy, 'program.mjs');
  writeFileSync(file, code);
  return run(file).trim();
}

describe.each(MEMBERS)('the list of places: $heading', ({ heading, names, files, lines, unused = {} }) => {
  it('is what a new member touches, no more and no less', () => {
    const touched = [...Object.keys(files), ...Object.keys(lines)];
    const listed = placesOf(heading).map((path) => named(path, names));
    const linked = heading === 'A Keras layer' ? ['src/models/keras/registry.ts'] : []; // of a new group
    expect(touched.sort()).toEqual(
      [...listed, ...linked].filter((path) => !Object.hasOwn(unused, path)).sort(),
    );
  });
});

describe('the copy with the new members', () => {
  it('has no fault of types', () => {
    run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json');
  }, 120_000);

  it('passes the tests of the rooms that grew', () => {
    const tests = [
      'test/shaders/shaders.test.ts',
      'test/initializers',
      'test/models/keras',
      'test/docs/examples_of_names.test.ts',
      'test/bench/gpu/items.test.ts',
    ];
    const printed = run('node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', ...tests);
    expect(printed).toMatch(/Tests .*\d+ passed/);
  }, 300_000);

  it.skipIf(findVulkanDrivers().lavapipe === undefined)(
    'computes the same on a GPU as on the CPU',
    () => {
      const only = ['test/gpu/equal.test.ts', 'test/gpu/streams.test.ts', '-t', 'coin|pcg4d'];
      const printed = run('node_modules/vitest/vitest.mjs', 'run', '--project', 'dawn-lavapipe', ...only);
      expect(printed).toMatch(/Tests .*4 passed/);
    },
    300_000,
  );

  it('knows the new initializer by its name, as the command line does', () => {
    const printed = program(`
      import { Sampler } from 'tensorseed';
      const sampler = await Sampler.create({ backend: 'cpu' });
      const tensor = await sampler.fill({ class_name: 'coin', config: { scale: 3 } }, [1000], { seed: 1 });
      const values = [...(await tensor.data())];
      console.log([...new Set(values)].sort().join(), values.filter((x) => x > 0).length > 400);
    `);
    expect(printed).toBe('-3,3 true');
    const words = ['sample', 'coin', '--shape', '10', '--seed', '1', '--out', 'x.npy'];
    run('dist/cli.js', ...words, '--backend', 'cpu');
    expect(existsSync(join(copy, 'x.npy'))).toBe(true);
  });

  it('has the new layer and the new runtime', () => {
    const printed = program(`
      import { initModel, layers, Sequential } from 'tensorseed/models';
      import { fill } from 'tensorseed/plain';
      const model = await initModel(new Sequential([layers.offset({ inputShape: [2] })]), { seed: 1, backend: 'cpu' });
      console.log(String(await model.getWeights()), String(await fill('ones', [2])));
    `);
    expect(printed).toBe('1,1 1,1');
  });
});
