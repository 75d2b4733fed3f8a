import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../../../src/index';
import { MACHINE_CASES } from '../../../src/verify/machine/cases';
import type { CaseResult } from '../../../src/verify/machine/examine';
import type { Timing } from '../../../src/verify/machine/fills';
import { decodeReport, encodeReport } from '../../../src/verify/machine/link';
import { readReport } from '../../../src/verify/machine/read_report';
import { reportOf, type Subject } from '../../../src/verify/machine/report';
import { faultText, resultCells, summaryText } from '../../../src/verify/machine/words';

const SUBJECT: Subject = {
  version: '1.2.3',
  date: '2026-01-31T12:00:00.000Z',
  note: 'a card',
  backend: 'gpu',
  description: 'a GPU',
  adapter: { vendor: 'v', architecture: 'a', device: 'd', description: 'x', software: null },
  runtime: { name: 'Node', version: '20.0.0', webgpu: 'webgpu 1.0.0' },
  platform: { system: 'linux 6.1', architecture: 'x64' },
};

const timing = (wall: number, gpu?: number): Timing => ({ wall, gpu });

/** What an examination finds of a sound machine: a fill takes 4 ms, or 2 ms by the GPU's own clock. */
const SOUND: readonly CaseResult[] = MACHINE_CASES.map((of) => ({
  of,
  right: true,
  sha256: of.sha256,
  firstWrong: undefined,
  times:
    of.draw.kind === 'orthogonal'
      ? undefined
      : { fill: timing(0.004, 0.002), constant: timing(0.002, 0.0005) },
}));

const sound = reportOf(SUBJECT, SOUND, 12.3456);

/** The report with a member replaced that a path of names and indices leads to. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(sound) as unknown as Record<string | number, any>;
  const last = path.slice(0, -1).reduce((at, name) => at[name], copy);
  last[path.at(-1)!] = value;
  return copy;
}

describe('a report', () => {
  it.each<[string, (results: any[]) => unknown[]]>([
    ['a result is missing', (results) => results.slice(1)],
    ['a result stands twice', (results) => [...results.slice(1), results[1]]],
    ['a result is of another draw', ([first, ...others]) => [{ ...first, draw: { kind: 'foo' } }, ...others]],
    ['a result is of no dtype', ([first, ...others]) => [{ ...first, dtype: 'toString' }, ...others]],
  ])('is none where %s', (_, change) => {
    const results = change(structuredClone(sound.results) as any[]);
    expect(() => readReport({ ...sound, results })).toThrow(
      /^results must be those of the 34 tensors of a run/,
    );
  });

  it('is none where it contradicts itself', () => {
    const firstWrong = { element: 7, got: '1', want: '2' };
    expect(() => readReport(changed(['results', 0, 'firstWrong'], firstWrong))).toThrow(
      /^results\[0\]\.right is/,
    );
    expect(() => readReport(changed(['date'], '9999-99-99T99:99:99Z'))).toThrow(/^date must be such as/);
  });

  it('says how fast each fill is, by timestamps where all have them', () => {
    expect(sound).toMatchObject({ right: true, clock: 'timestamp queries', seconds: 12.35 });
    expect(sound.results[0]).toMatchObject({
      check: 'checksum',
      seconds: 0.002,
      gigabytesPerSecond: 33.55, // 2^26 bytes in 2 ms
      shareOfConstantFill: 0.25,
    });
    expect(sound.results.at(-1)).toMatchObject({ check: 'bound' });
    expect(sound.results.at(-1)).not.toHaveProperty('seconds');
  });

  it.each([undefined, 0])('takes the wall clock for all where one timestamp is %s', (gpu) => {
    const [first, ...others] = SOUND;
    const times = { fill: timing(0.004, gpu), constant: timing(0.002, 0.0005) };
    const report = reportOf(SUBJECT, [{ ...first, times }, ...others], 1);
    expect(report.clock).toBe('wall clock');
    for (const { seconds, shareOfConstantFill } of report.results.slice(0, 24))
      expect([seconds, shareOfConstantFill]).toEqual([0.004, 0.5]);
  });

  it('leaves out times that the clock does not see', () => {
    const times = { fill: timing(0), constant: timing(0) };
    const [{ seconds, gigabytesPerSecond }] = reportOf(SUBJECT, [{ ...SOUND[0], times }], 1).results;
    expect([seconds, gigabytesPerSecond]).toEqual([undefined, undefined]);
  });

  it('is right only where everything is, and says what is wrong', () => {
    const firstWrong = { element: 7, got: '1 (0x1)', want: '2 (0x2)' };
    const wrong = { ...SOUND[1], right: false, sha256: '0'.repeat(64), firstWrong };
    const report = reportOf(SUBJECT, [SOUND[0], wrong], 1);
    expect(report.right).toBe(false);
    expect(summaryText(report)).toBe('1 of 2 tensors is wrong');
    expect(resultCells(report.results[1]).at(-1)).toBe('WRONG');
    expect(faultText(report.results[1])).toBe(
      `uniform, low -0.05, high 0.05, float32: element 7 is 1 (0x1), not 2 (0x2); the SHA-256 is ${'0'.repeat(64)}`,
    );
    expect(readReport(structuredClone(report), [SOUND[0].of, SOUND[1].of])).toEqual(report);
  });

  it('comes back from JSON and from a link', async () => {
    expect(readReport(JSON.parse(JSON.stringify(sound)))).toEqual(sound);
    const text = await encodeReport(sound);
    expect(text).toMatch(/^[\w-]+$/);
    expect(text.length).toBeLessThan(4000);
    expect(await decodeReport(text)).toEqual(sound);
  });
});

describe('a report of a stranger’s', () => {
  it.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['another format', changed(['format'], 'tensorseed verify 2')],
    ['no results', changed(['results'], [])],
    ['results that are none', changed(['results'], 'many')],
    ['too many results', changed(['results'], Array(201).fill(sound.results[0]))],
    ['a long text', changed(['description'], 'x'.repeat(201))],
    ['a text that is a number', changed(['runtime', 'name'], 7)],
    ['a date that is none', changed(['date'], '<b>today</b>')],
    ['another backend', changed(['backend'], 'tpu')],
    ['another clock', changed(['clock'], 'sundial')],
    ['an adapter that is none', changed(['adapter'], 'v')],
    ['a shape of texts', changed(['results', 0, 'shape'], ['4'])],
    ['a long shape', changed(['results', 0, 'shape'], Array(9).fill(1))],
    ['a draw of texts', changed(['results', 0, 'draw'], { kind: 'bits', low: 'x' })],
    ['a draw of many numbers', changed(['results', 0, 'draw'], { kind: 'x', ...Array(9).fill(1) })],
    ['a hash that is none', changed(['results', 0, 'sha256'], 'abc')],
    ['a checksum that is missing', changed(['results', 0, 'sha256'], undefined)],
    ['a negative time', changed(['results', 0, 'seconds'], -1)],
    ['a right that is a word', changed(['results', 0, 'right'], 'yes')],
    ['a fault that is a word', changed(['results', 0, 'firstWrong'], 'here')],
    ['a verdict against the results', changed(['right'], false)],
    ['a verdict against the contract', changed(['results', 0, 'sha256'], '0'.repeat(64))],
    ['a right hash that is called wrong', changed(['results', 0, 'right'], false)],
  ])('is refused in one line: %s', (_, value) => {
    let thrown: unknown;
    try {
      readReport(value);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ArgumentError);
    expect((thrown as Error).message).toMatch(/^[^\n]{1,400}$/);
  });

  it('keeps nothing that a report does not have', () => {
    const more = { ...sound, more: '<script>', results: sound.results.map((one) => ({ ...one, more: 1 })) };
    expect(readReport(more)).toEqual(sound);
  });
});

describe('a link of a stranger’s', () => {
  const packed = (text: string): string => deflateSync(text).toString('base64url');

  it.each<[string, string | (() => Promise<string>)]>([
    ['nothing that is base64', '<img src=x onerror=alert(1)>'],
    ['nothing that is deflated', 'AAAA'],
    ['deflated text that is no JSON', packed('hello')],
    ['JSON that is no report', packed('{}')],
    [
      'text that is no UTF-8',
      Buffer.from(deflateSync(Buffer.from([0x22, 0xff, 0x22]))).toString('base64url'),
    ],
    ['a report that is cut off', async () => (await encodeReport(sound)).slice(0, -8)],
    [
      'a report with a changed character',
      async () => (await encodeReport(sound)).replace(/(.{500})./, '$1-'),
    ],
    ['a text too long', 'A'.repeat(2 ** 15 + 1)],
    ['a bomb', packed(JSON.stringify(' '.repeat(2 ** 24)))],
  ])('is refused in one line: %s', async (_, text) => {
    const given = typeof text === 'string' ? text : await text();
    const error = await decodeReport(given).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ArgumentError);
    expect((error as Error).message).toMatch(/^[^\n]{1,300}$/);
  });

  it('is not unpacked further than a report can be', async () => {
    await expect(decodeReport(packed(' '.repeat(2 ** 24)))).rejects.toThrow(/at most 262144 bytes/);
  });
});
