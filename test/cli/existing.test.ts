import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MIXED } from './models';
import { CLI, QUIET_ENV, workspace } from './tensorseed';

const work = workspace();
const CPU = ['--backend', 'cpu'];
const init = (...words: string[]): string[] => [
  'init',
  'm.json',
  '--seed',
  '7',
  ...CPU,
  '--out',
  'm.safetensors',
  ...words,
];
const KEPT = 'm.safetensors: verified and kept\n';
const OVERWRITES = '; --force overwrites it';

/** One line on stderr and code 1; the file is what it was, to the byte and the time. */
function refused(...words: string[]): string {
  const path = join(work.folder, 'm.safetensors');
  const before = { content: readFileSync(path), changed: statSync(path).mtimeMs };
  const { code, stderr } = work.run(...words);
  expect(code).toBe(1);
  expect(statSync(path).mtimeMs).toBe(before.changed);
  expect(readFileSync(path).equals(before.content)).toBe(true);
  const lines = stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('backend: '));
  expect(lines).toEqual([
    expect.stringMatching(/^tensorseed: m\.safetensors exists and is not what this would write: /),
  ]);
  return lines[0].slice('tensorseed: m.safetensors exists and is not what this would write: '.length);
}

function model(...tensors: object[]): void {
  work.write('m.json', JSON.stringify({ tensors }));
}

describe('an output that is there', () => {
  it('is kept where it is what the run would write, with --verify too', () => {
    work.write('m.json', MIXED);
    expect(work.run(...init()).code).toBe(0);
    const path = join(work.folder, 'm.safetensors');
    const changed = statSync(path).mtimeMs;
    const again = work.run(...init());
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining(KEPT)]);
    const verified = work.run(...init('--verify'));
    expect([verified.code, verified.stderr]).toEqual([0, KEPT]);
    expect(verified.stdout.toString()).toContain(
      'verified: 6 of 6 tensors equal, bit for bit: 7,044 elements to the CPU reference, all others to a second implementation',
    );
    expect(statSync(path).mtimeMs).toBe(changed);
    expect(work.files()).toEqual(['m.json', 'm.safetensors']);
  });

  it('is overwritten with --force alone', () => {
    work.write('m.json', MIXED);
    work.write('m.safetensors', 'something else');
    expect(refused(...init())).toMatch(
      /^m\.safetensors is no safetensors file: a header of \d+ bytes, more than 100000000; --force overwrites it$/,
    );
    expect(work.run(...init('--force')).code).toBe(0);
    expect(work.run(...init()).stderr).toContain(KEPT);
  });

  it.each<[string, string[]]>([
    ['bfloat16', ['--dtype', 'bfloat16']],
    ['native math', ['--math', 'native']],
  ])('is kept as %s', (_, words) => {
    model(
      { name: 'a', shape: [70_000], initializer: 'truncated_normal' },
      { name: 'q', shape: [20, 30], initializer: 'orthogonal' },
    );
    for (let run = 0; run < 2; run++) expect(work.run(...init(...words)).code).toBe(0);
    expect(work.run(...init(...words)).stderr).toContain(KEPT);
  });

  it('is kept where an orthogonal is within its bound, as from another device, and no further', () => {
    model({ name: 'q', shape: [20, 30], initializer: 'orthogonal' });
    expect(work.run(...init()).code).toBe(0);
    const content = work.read('m.safetensors');
    content[content.length - 4] ^= 1;
    work.write('m.safetensors', content);
    expect(work.run(...init()).stderr).toContain(KEPT);
    content[content.length - 2] ^= 0x10;
    work.write('m.safetensors', content);
    expect(refused(...init())).toMatch(/^tensor "q" differs, first at element 599: /);
  });

  it.each<[string, () => void, string[], RegExp]>([
    [
      'another seed',
      () => {},
      ['--seed', '8'],
      /^tensor "dense\/kernel" differs, first at element 0: -?[\d.e-]+ \(0x[\da-f]+\), not -?[\d.e-]+ \(0x[\da-f]+\)/,
    ],
    [
      'another dtype',
      () => {},
      ['--dtype', 'bfloat16'],
      /^tensor "q" is F32 \[40, 30\], not BF16 \[40, 30\]/,
    ],
    [
      'one bit',
      () => {
        const content = work.read('m.safetensors');
        content[content.length - 1] ^= 1;
        work.write('m.safetensors', content);
      },
      [],
      /^tensor "half" differs, first at element 998: /,
    ],
    [
      'a missing byte',
      () => work.write('m.safetensors', work.read('m.safetensors').subarray(0, -1)),
      [],
      /but its tensors end at byte/,
    ],
    ['an empty file', () => work.write('m.safetensors', ''), [], /is no safetensors file: 0 bytes/],
    [
      'a tensor fewer',
      () => model({ name: 'words', shape: [5], initializer: 'bits' }),
      [],
      /^it has the tensor "[^"]+", which is not to be there/,
    ],
    [
      'a tensor more',
      () => model({ name: 'new', shape: [5], initializer: 'bits' }),
      [],
      /^it has no tensor "new"/,
    ],
    [
      'another shape',
      () => model({ name: 'words', shape: [6], initializer: 'bits' }),
      [],
      /^tensor "words" is U32 \[5\], not U32 \[6\]/,
    ],
    [
      'other metadata',
      () => {
        const content = work
          .read('m.safetensors')
          .toString('latin1')
          .replace('"format":"pt"', '"format":"np"');
        work.write('m.safetensors', Buffer.from(content, 'latin1'));
      },
      [],
      /^its header has the same tensors in other words/,
    ],
  ])('stays as it is where it has %s', (_, change, words, message) => {
    model(
      { name: 'dense/kernel', shape: [1000, 1200], initializer: 'he_normal', dtype: 'float32' },
      { name: 'half', shape: [333, 3], initializer: 'truncated_normal', dtype: 'float16' },
      { name: 'q', shape: [40, 30], initializer: 'orthogonal' },
      { name: 'words', shape: [5], initializer: 'bits', dtype: 'uint32' },
    );
    expect(work.run(...init()).code).toBe(0);
    change();
    const line = init().filter((word) => !(words[0] === '--seed' && (word === '--seed' || word === '7')));
    for (const verify of [[], ['--verify']]) {
      const reason = refused(...line, ...words, ...verify);
      expect(reason).toMatch(message);
      expect(reason).toContain(OVERWRITES);
    }
  });

  it('may be a link, whose target is compared, and with --force replaced by a file', () => {
    work.write('m.json', MIXED);
    mkdirSync(join(work.folder, 'far'));
    expect(work.run('init', 'm.json', '--seed', '7', ...CPU, '--out', 'far/m.safetensors').code).toBe(0);
    symlinkSync('far/m.safetensors', join(work.folder, 'm.safetensors'));
    expect(work.run(...init()).stderr).toContain(KEPT);
    expect(work.run('init', 'm.json', '--seed', '8', ...CPU, '--out', 'm.safetensors').code).toBe(1);
    expect(work.run('init', 'm.json', '--seed', '8', ...CPU, '--out', 'm.safetensors', '--force').code).toBe(
      0,
    );
    expect(work.run('init', 'm.json', '--seed', '7', ...CPU, '--out', 'far/m.safetensors').code).toBe(0);
  });
});

describe('a run that was killed', () => {
  it('leaves no file under its name, and the next run of the same file clears its rest away', async () => {
    model({ name: 'a', shape: [200_000_000], initializer: 'random_normal' });
    const child = spawn(process.execPath, [CLI, ...init()], {
      cwd: work.folder,
      env: QUIET_ENV,
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    while (work.files().length === 1) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    await ended;
    expect(work.files()).toEqual([expect.stringMatching(/^\.tensorseed-/), 'm.json']);
    model({ name: 'a', shape: [20], initializer: 'random_normal' });
    // Another file's run leaves it alone.
    expect(work.run('sample', 'zeros', '--shape', '1', ...CPU, '--out', 'other.bin').code).toBe(0);
    expect(work.files()).toHaveLength(3);
    // So does the same file's run, as long as somebody may be working on it.
    expect(work.run(...init()).code).toBe(0);
    const [left] = work.files();
    expect(work.files()).toEqual([left, 'm.json', 'm.safetensors', 'other.bin']);
    const before = Date.now() / 1000 - 3 * 60;
    utimesSync(join(work.folder, left), before, before);
    expect(work.run(...init()).code).toBe(0);
    expect(work.files()).toEqual(['m.json', 'm.safetensors', 'other.bin']);
  });
});
