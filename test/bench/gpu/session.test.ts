import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { CardProcess } from '../../../bench/gpu/card_process';
import { FULL_SIZES } from '../../../bench/gpu/items';
import { parseGpuOptions } from '../../../bench/gpu/options';
import { type Measured, Session } from '../../../bench/gpu/session';

const folder = mkdtempSync(join(tmpdir(), 'bench-gpu-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process that answers as that of a card does: by a function of an item's name, which may end it, or never answer. */
function script(name: string, rowOf: string): URL {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(
    path,
    `const adapter = { vendor: 'a vendor', device: 'a card', software: false };
    const rowOf = ${rowOf};
    process.on('disconnect', () => process.exit(1));
    process.on('message', ({ kind, item }) => {
      if (kind === 'open') return process.send({ kind: 'opened', about: { adapter, description: 'a card' } });
      const settling = { seconds: 1, first: 2, last: 1, settled: true };
      if (kind === 'settle') return process.send({ kind: 'settled', settling });
      const row = rowOf(item.name);
      if (row !== undefined) process.send({ kind: 'row', row: { part: item.part, name: item.name, ...row } });
    });`,
  );
  return pathToFileURL(path);
}

async function measured(of: URL, milliseconds: number, only = 'kernels,orthogonal'): Promise<Measured> {
  const { process, about } = await CardProcess.open(of, {}, undefined, 30_000);
  const environment = { from: 'a test', env: {} };
  const options = parseGpuOptions(['--gpu', '--only', only])!;
  const sizes = { ...FULL_SIZES, log2: [12, 12] } as const;
  const session = new Session({ about, environment, process }, of, sizes, options, milliseconds);
  const parts: number[] = [];
  const found = await session.run(async ({ times }) => void parts.push(times.length));
  // What is known is given after each part, and where one takes long, within it.
  expect([...new Set(parts)].filter((count) => count > 0)).toEqual(options.parts.map((_, i) => i + 1));
  return found;
}

const RIGHT = "{ status: 'measured', reason: null }";

describe('a session with a card', () => {
  it('settles the card first, and measures all where there is the time', async () => {
    const { rows, settlings, faults, times } = await measured(script('right', `() => (${RIGHT})`), 60_000);
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.every(({ status }) => status === 'measured')).toBe(true);
    expect(settlings).toEqual([{ seconds: 1, first: 2, last: 1, settled: true }]);
    expect(faults).toEqual([]);
    expect(times.map(({ part }) => part)).toEqual(['kernels', 'orthogonal']);
  });

  it('opens the card again where its process ends, and where an item fails, and goes on', async () => {
    const rowOf = `(name) =>
      name.startsWith('bits') ? process.exit(3)
      : name.startsWith('uniform float32') ? { status: 'failed', reason: 'out of memory' } : ${RIGHT}`;
    const { rows, settlings, faults } = await measured(script('breaks', rowOf), 60_000);
    const bad = rows.filter(({ status }) => status !== 'measured');
    expect(bad.map(({ name, status, reason }) => [name, status, reason])).toEqual([
      ['bits uint32 2^12', 'failed', 'the process of the card ended with code 3'],
      ['uniform float32 2^12', 'failed', 'out of memory'],
    ]);
    expect(faults).toEqual(bad.map(({ reason }) => reason));
    expect(settlings).toHaveLength(3);
  });

  it('stops what does not end, and measures the next part', async () => {
    const rowOf = `(name) => (name.startsWith('bits') ? undefined : ${RIGHT})`;
    const { rows, times } = await measured(script('hangs', rowOf), 12_000);
    const reasons = new Set(rows.flatMap(({ reason }) => reason ?? []));
    expect([...reasons]).toEqual([
      expect.stringMatching(/^the time for this part was over: stopped after \d\.\d s$/),
      'the time for this part was over',
    ]);
    expect(rows.filter(({ status }) => status === 'measured').map(({ name }) => name)).toEqual([
      'constant float32 2^12',
      ...FULL_SIZES.sides.map((side) => `orthogonal ${side} x ${side}`),
    ]);
    expect(times[0].taken).toBeGreaterThan(times[0].allowed);
  });

  it('asks a card no more in a part that broke 5 times in it', async () => {
    const { rows } = await measured(script('breaks_always', '() => process.exit(4)'), 60_000, 'kernels');
    expect(rows.filter(({ status }) => status === 'failed')).toHaveLength(5);
    const others = rows.filter(({ status }) => status === 'left out');
    expect(others).toHaveLength(rows.length - 5);
    expect(new Set(others.map(({ reason }) => reason))).toEqual(
      new Set(['the card broke 5 times in this part']),
    );
  });
});
