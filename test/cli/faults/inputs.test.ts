import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planSafetensors } from '../../../src/formats/safetensors';
import { CLI, QUIET_ENV, workspace } from '../tensorseed';

const work = workspace();
const CPU = ['--seed', '1', '--backend', 'cpu', '--out', 'out.safetensors'];
const RULES = ['init', 'm.safetensors', ...CPU, '--rules'];

function fifo(name: string): void {
  expect(spawnSync('mkfifo', [join(work.folder, name)]).status).toBe(0);
}

/** One line on stderr, exit code 2 and no trace. What waits for ever is ended after ten seconds. */
function refused(words: readonly string[], input?: string): string {
  const before = work.files();
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], {
    cwd: work.folder,
    env: QUIET_ENV,
    encoding: 'utf8',
    timeout: 10_000,
    input,
  });
  expect([status, signal]).toEqual([2, null]);
  expect(stderr).toMatch(/^tensorseed: [^\n]+\n$/);
  expect(stdout).toBe('');
  expect(work.files()).toEqual(before);
  return stderr.slice('tensorseed: '.length, -1);
}

beforeEach(() => {
  work.write('m.json', '{"tensors": [{"name": "a", "shape": [3], "initializer": "ones"}]}');
  const { header } = planSafetensors([{ name: 'a', shape: [3], dtype: 'float32' }]);
  work.write('m.safetensors', Buffer.concat([header, Buffer.alloc(12)]));
});

describe('a FIFO is refused', () => {
  it.each<[string, string, string[]]>([
    ['inspect', 'f', ['inspect', 'f']],
    ['join', 'f', ['join', 'f', '--out', 'out.safetensors']],
    ['--rules', 'f', [...RULES, 'f']],
    ['init', '"f"', ['init', 'f', ...CPU]],
  ])('by %s', (_, label, words) => {
    fifo('f');
    expect(refused(words)).toBe(`${label} is no file: it is a FIFO`);
  });

  it.each<[string, string[]]>([
    ['join', ['join', 'i.json', '--out', 'out.safetensors']],
    ['init --rules', ['init', 'i.json', ...CPU, '--rules', 'torch']],
  ])('as a shard of an index by %s', (_, words) => {
    fifo('f.safetensors');
    work.write('i.json', '{"weight_map": {"a": "f.safetensors"}}');
    expect(refused(words)).toBe('f.safetensors is no file: it is a FIFO');
  });

  it.each<[string, string[]]>([
    ['init', ['init', 'm.json', ...CPU]],
    ['init --force', ['init', 'm.json', ...CPU, '--force']],
    ['sample', ['sample', 'ones', '--shape', '1', ...CPU]],
    ['join', ['join', 'i.json', '--out', 'out.safetensors']],
  ])('as the output of %s', (_, words) => {
    fifo('out.safetensors');
    work.write('i.json', '{"weight_map": {"a": "m.safetensors"}}');
    expect(refused(words)).toBe('--out must be a file, but "out.safetensors" is a FIFO');
  });

  it('as the index of shards, also with --force, before anything is computed', () => {
    fifo('out.safetensors.index.json');
    expect(refused(['init', 'm.json', ...CPU, '--shard', '1/1', '--force'])).toBe(
      '--out must be a file, but "out.safetensors.index.json" is a FIFO',
    );
  });
});

describe('a device is refused', () => {
  it.each<[string, string[]]>([
    ['inspect', ['inspect', '/dev/zero']],
    ['join', ['join', '/dev/zero', '--out', 'out.safetensors']],
    ['--rules', [...RULES, '/dev/zero']],
  ])('by %s', (_, words) => {
    expect(refused(words)).toBe('/dev/zero is no file: it is a device');
  });

  it('and so is stdin', () => {
    expect(refused([...RULES, '/dev/stdin'], '[]')).toMatch(
      /^\/dev\/stdin is no file: it is a (FIFO|socket)$/,
    );
  });
});

describe('a file of /proc, which has bytes and the size 0, is empty', () => {
  it.each<[string, string[], string]>([
    ['inspect', ['inspect', '/proc/self/maps'], 'is no safetensors file: 0 bytes, fewer than 8'],
    ['--rules', [...RULES, '/proc/self/maps'], 'is no valid JSON'],
    ['init', ['init', '/proc/self/maps', ...CPU], 'is no valid JSON'],
  ])('to %s', (_, words, message) => {
    expect(refused(words)).toContain(message);
  });
});

describe('a socket is refused', () => {
  const server = createServer();
  afterEach(() => void server.close());
  it('by inspect and by --rules', async () => {
    await new Promise<void>((resolve) => server.listen(join(work.folder, 's'), resolve));
    for (const words of [
      ['inspect', 's'],
      [...RULES, 's'],
    ])
      expect(refused(words)).toBe('s is no file: it is a socket');
  });
});

it('rules of more than a megabyte are refused', () => {
  work.write('r.json', `[${' '.repeat(2 ** 20)}]`);
  expect(refused([...RULES, 'r.json'])).toBe('r.json has 1048578 bytes, more than 1048576 for rules');
});

it('an index without tensors is refused', () => {
  work.write('i.json', '{"metadata": {"total_size": 0}, "weight_map": {}}');
  for (const words of [
    ['join', 'i.json', '--out', 'out.safetensors'],
    ['init', 'i.json', ...CPU, '--rules', 'torch'],
  ])
    expect(refused(words)).toBe('i.json lists no tensors: its "weight_map" is empty');
});

it('a model without tensors has no shards, whose index would be refused', () => {
  work.write('e.json', '{"tensors": []}');
  expect(refused(['init', 'e.json', ...CPU, '--shard', '1/2'])).toBe(
    '--shard needs a model with tensors, and e.json has none',
  );
});
