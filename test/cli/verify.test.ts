import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeReport } from '../../src/verify/machine/link';
import { readReport } from '../../src/verify/machine/read_report';
import type { MachineReport } from '../../src/verify/machine/report';
import { version } from '../../package.json';
import { QUIET_ENV, workspace } from './tensorseed';

const work = workspace();

/** A whole run takes its time on a busy machine without a GPU. */
const LONG_MS = 600_000;

describe('tensorseed verify', () => {
  it(
    'proves the CPU path, and gives a table, a file, and a link with the same result',
    async () => {
      const words = ['--backend', 'cpu', '--out', 'here.json', '--note', 'a <b>note</b>'];
      const { code, stdout, stderr } = work.run(
        'verify',
        ...words,
        '--page',
        'https://example.org/g.html#seed=7',
      );
      expect(stderr).toMatch(/^backend: WebAssembly SIMD, (up to )?\d+ threads?\n/);
      const table = stdout.toString();
      expect(table).toMatch(/\nall 34 tensors are right; [\d.]+ s, times by wall clock\n/);
      expect(table.match(/ right$/gm)).toHaveLength(34);
      expect(code).toBe(0);
      const report = readReport(JSON.parse(work.read('here.json').toString()));
      expect(report).toMatchObject({
        version,
        note: 'a <b>note</b>',
        backend: 'cpu',
        adapter: null,
        runtime: { name: 'Node', version: process.versions.node },
        right: true,
      });
      const link = /^To share it: (.*)$/m.exec(table)![1];
      const [page, fragment] = link.split('#');
      expect(page).toBe('https://example.org/g.html');
      expect(await decodeReport(fragment.replace(/^result=/, ''))).toEqual(report);
      expect(work.files()).toEqual(['here.json']);
      for (const name of [work.folder, QUIET_ENV.HOME, QUIET_ENV.HOSTNAME, QUIET_ENV.USER])
        if (name !== undefined && name.length > 4)
          expect(work.read('here.json').toString()).not.toContain(name);
    },
    LONG_MS,
  );

  it('says that there is no GPU, and what works without one', () => {
    const none = { VK_DRIVER_FILES: '/there/is/none.json', VK_ICD_FILENAMES: '/there/is/none.json' };
    const { code, stdout, stderr } = work.runIn(none, 'verify', '--out', 'here.json');
    expect(code).toBe(1);
    expect(stdout).toHaveLength(0);
    expect(stderr).toMatch(/^tensorseed: .*no adapter.*--backend cpu verifies the CPU path$/m);
    expect(work.files()).toEqual([]);
  });

  it.each<[RegExp, ...string[]]>([
    [/--backend must be one of gpu, cpu, got "auto"/, '--backend', 'auto'],
    [/--page must be the address of a gallery, .* got "gallery"/, '--page', 'gallery'],
    [/--page must be the address of a gallery/, '--page', 'javascript:alert(1)'],
    [/--note must have at most 200 characters/, '--note', 'x'.repeat(201)],
    [/--out must be in a folder/, '--out', '/dev/null/here.json'],
    [/verify does not take the word "here"/, 'here'],
    [/verify has no option --quick/, '--quick'],
  ])('refuses before it computes: %s', (message, ...words) => {
    const { code, stdout, stderr } = work.run('verify', ...words);
    expect(stderr).toMatch(/^tensorseed: [^\n]+\n$/);
    expect(stderr).toMatch(message);
    expect(stdout).toHaveLength(0);
    expect(code).toBe(2);
  });

  it('has help', () => {
    const { code, stdout } = work.run('verify', '--help');
    expect(stdout.toString()).toMatch(/^tensorseed verify \[options\]\n/);
    expect(code).toBe(0);
  });
});

describe('tensorseed verify on a machine that computes wrong bits', () => {
  afterEach(() => {
    vi.doUnmock('../../src/verify/machine/examine_machine');
    vi.doUnmock('../../src/cli/streams');
    vi.resetModules();
  });

  it.each([[[]], [['--json']]])('prints what is wrong, and fails: %j', async (words) => {
    const report: MachineReport = {
      format: 'tensorseed verify 1',
      version: '1.2.3',
      date: '2026-01-31T12:00:00.000Z',
      backend: 'gpu',
      description: 'a GPU',
      adapter: { vendor: 'v', architecture: '', device: '', description: '\u001b[2J', software: false },
      runtime: { name: 'Node', version: '20.0.0' },
      platform: { system: 'linux', architecture: 'x64' },
      right: false,
      clock: 'wall clock',
      seconds: 1,
      results: [
        {
          draw: { kind: 'bits' },
          dtype: 'uint32',
          shape: [4],
          seed: '42',
          check: 'checksum',
          right: false,
          sha256: 'f'.repeat(64),
          firstWrong: { element: 3, got: '1 (0x1)', want: '2 (0x2)' },
        },
      ],
    };
    let printed = '';
    vi.doMock('../../src/verify/machine/examine_machine', () => ({ examineMachine: async () => report }));
    vi.doMock('../../src/cli/streams', () => ({
      checkStdout: () => undefined,
      say: () => undefined,
      writeStdout: async (text: string) => void (printed += text),
    }));
    const { verify } = await import('../../src/cli/verify/verify');
    await expect(verify(words, import.meta.url)).rejects.toThrow('1 of 1 tensor is wrong');
    if (words.length > 0) expect(JSON.parse(printed)).toEqual(report);
    else {
      expect(printed).toContain(
        `bits, uint32: element 3 is 1 (0x1), not 2 (0x2); the SHA-256 is ${'f'.repeat(64)}\n`,
      );
      expect(printed).not.toContain('\u001b');
    }
  });
});
