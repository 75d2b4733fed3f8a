import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { modelFile } from '../../src/models';
import { dataOf, MIXED } from './models';
import { CLI, QUIET_ENV, workspace } from './tensorseed';

const work = workspace();
const OPTIONS = ['--seed', '7', '--backend', 'cpu', '--out'];

interface Streamed {
  readonly code: number | null;
  readonly stderr: string;
  readonly bytes: number;
  /** The most memory that the process had, in bytes; 0 where the system does not say. */
  readonly peak: number;
}

/**
 * Pipes the output of a run.
 * @param use gets bytes, and how many were before them
 */
async function stream(
  words: readonly string[],
  use: (data: Buffer, position: number) => void,
): Promise<Streamed> {
  const child = spawn(process.execPath, [CLI, ...words], {
    cwd: work.folder,
    env: QUIET_ENV,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [bytes, peak, stderr] = [0, 0, ''];
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let looked = 0;
  for await (const data of child.stdout as AsyncIterable<Buffer>) {
    use(data, bytes);
    bytes += data.length;
    if (bytes - looked < 2 ** 26) continue;
    looked = bytes;
    peak = Math.max(peak, peakOf(child.pid!));
  }
  return { code: await ended, stderr, bytes, peak };
}

function peakOf(pid: number): number {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))!;
    return Number(kibibytes) * 1024;
  } catch {
    return 0;
  }
}

describe('init --out -', () => {
  it('gives the bytes of the file, and says all else on stderr', async () => {
    work.write('m.json', MIXED);
    expect(work.run('init', 'm.json', ...OPTIONS, 'm.safetensors').code).toBe(0);
    const file = work.read('m.safetensors');
    const piped: Buffer[] = [];
    const { code, stderr } = await stream(['init', 'm.json', ...OPTIONS, '-'], (data) => piped.push(data));
    expect(code).toBe(0);
    expect(Buffer.concat(piped).equals(file)).toBe(true);
    expect(stderr).toMatch(
      /^backend: [^\n]*\nstdout: 6 tensors, [^\n]*\n +time [^\n]*\nset-up [^\n]*\ngenerate [^\n]*\nwrite [^\n]*\ntotal [^\n]*\n$/,
    );
    expect(work.files()).toEqual(['m.json', 'm.safetensors']);
  });

  it('gives them to a file of the shell, too', () => {
    work.write('m.json', MIXED);
    expect(work.run('init', 'm.json', ...OPTIONS, 'm.safetensors').code).toBe(0);
    const stdout = openSync(join(work.folder, 'piped'), 'w');
    const words = [CLI, 'init', 'm.json', ...OPTIONS, '-'];
    const { status } = spawnSync(process.execPath, words, {
      cwd: work.folder,
      stdio: ['ignore', stdout, 'ignore'],
    });
    closeSync(stdout);
    expect(status).toBe(0);
    expect(work.read('piped').equals(work.read('m.safetensors'))).toBe(true);
  });

  it('has more than 2^32 bytes in bounded memory', async () => {
    const count = 2 ** 31 + 12_345;
    const model = {
      tensors: [
        { name: 'a', shape: [count], initializer: 'zeros', dtype: 'bfloat16' },
        { name: 'b', shape: [70, 50], initializer: 'he_normal' },
      ],
    } as const;
    work.write('m.json', JSON.stringify(model));
    const file = modelFile(model, { seed: 7 });
    const [b] = file.tensors; // float32 is first
    const zeros = Buffer.alloc(2 ** 20);
    let head = Buffer.alloc(0);
    let wrong = 0;
    const words = ['init', 'm.json', ...OPTIONS, '-'];
    const { code, stderr, bytes, peak } = await stream(words, (data, position) => {
      const first = data.subarray(0, Math.max(0, b.end - position));
      head = Buffer.concat([head, first]);
      for (let at = first.length; at < data.length; at += zeros.length) {
        const part = data.subarray(at, at + zeros.length);
        if (part.compare(zeros, 0, part.length) !== 0) wrong++;
      }
    });
    expect(code, stderr).toBe(0);
    expect([bytes, wrong]).toEqual([file.byteLength, 0]);
    expect(head.subarray(0, b.begin).equals(file.header)).toBe(true);
    work.write('b.json', JSON.stringify({ tensors: [model.tensors[1]] }));
    expect(work.run('init', 'b.json', ...OPTIONS, 'b.safetensors').code).toBe(0);
    expect(head.subarray(b.begin).equals(dataOf(work.read('b.safetensors')))).toBe(true);
    expect(peak).toBeLessThan(2 ** 30);
  }, 300_000);

  it('can be begun, and cut off where its reader has enough', async () => {
    const file = modelFile('llama-3-8b', { seed: 7, dtype: 'bfloat16' });
    const count = 100_000 + file.header.length;
    const line = `"${process.execPath}" "${CLI}" init llama-3-8b --dtype bfloat16 ${OPTIONS.join(' ')} - | head -c ${count}`;
    const shell = spawnSync('bash', ['-c', `${line}; exit "\${PIPESTATUS[0]}"`], {
      cwd: work.folder,
      env: QUIET_ENV,
      maxBuffer: 2 ** 24,
    });
    expect([shell.status, shell.stderr.toString()]).toEqual([
      0,
      expect.stringMatching(/^backend: [^\n]*\n$/),
    ]);
    const sampler = await Sampler.create({ backend: 'cpu' });
    const chunks = file.chunks(sampler, { chunkBytes: 100_000 });
    const { bytes } = (await chunks.next()).value!;
    const want = Buffer.concat([file.header, bytes]);
    await chunks.return(undefined);
    sampler.destroy();
    expect(shell.stdout).toHaveLength(count);
    expect(shell.stdout.subarray(0, want.length).equals(want)).toBe(true);
    expect(work.files()).toEqual([]);
  }, 120_000);

  it.each([
    ['--verify', '--verify reads the file back, and stdout cannot be read: give --out a file'],
    [
      '--shard=1/2',
      'stdout takes the whole model: a part begins with checksums of what follows, so give --out a file',
    ],
    [
      '--max-shard-size=1GB',
      'stdout takes the whole model: a part begins with checksums of what follows, so give --out a file',
    ],
  ])('refuses %s', (option, message) => {
    const { code, stdout, stderr } = work.run('init', 'gpt2', ...OPTIONS, '-', option);
    expect([code, stdout.length, stderr]).toEqual([2, 0, `tensorseed: ${message}\n`]);
  });
});
