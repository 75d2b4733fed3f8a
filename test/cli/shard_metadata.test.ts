import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DamageError, findDamage } from '../../src/cli/checksums';
import { withInputFile } from '../../src/cli/input_file';
import { modelChecksum } from '../../src/cli/init/model_checksum';
import { Progress } from '../../src/cli/progress';
import { readShard } from '../../src/cli/shard_file';
import { type Origin, planShard } from '../../src/cli/shard_metadata';
import { ArgumentError, show } from '../../src/core/errors';
import { modelFile } from '../../src/models';
import { apart, flipped, headerBytes, resealed, sha256 } from './shard_files';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensorseed-'));
  path = join(folder, 's');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ORIGIN: Origin = {
  stream: '1',
  seed: '18446744073709551615',
  math: 'exact',
  model: sha256(Buffer.from('a model')),
  tensors: '3',
  shard: '2/5',
};
const DATA = Buffer.from(Uint8Array.from({ length: 30 }, (_, i) => 7 * i));

/** A shard of two tensors and an empty one. */
function shardFile(): Buffer {
  const tensors = [
    { name: 'é "', shape: [5], dtype: 'uint32' },
    { name: 'none', shape: [0], dtype: 'uint32' },
    { name: '"tensorseed.header_sha256":"', shape: [5], dtype: 'float16' },
  ] as const;
  const { tensors: placed, header } = planShard(tensors, ORIGIN);
  const checksums = new Map(
    placed.map(({ name, begin, end }) => [
      name,
      sha256(DATA.subarray(begin - header.length, end - header.length)),
    ]),
  );
  const plan = planShard(tensors, ORIGIN, checksums);
  expect(plan.header).toHaveLength(header.length);
  return Buffer.concat([plan.header, DATA]);
}

/** Everything that can be said of a file: what it was made from, or the error. */
async function check(content: Uint8Array): Promise<unknown> {
  writeFileSync(path, content);
  try {
    const { header, metadata } = await readShard(path);
    if (metadata === undefined) return undefined;
    const damaged: string[] = [];
    await withInputFile(path, async (file) => {
      for await (const { name } of findDamage(
        file,
        path,
        header.tensors,
        metadata.checksums,
        new Progress('', 1),
      ))
        damaged.push(name);
    });
    return damaged.length === 0 ? metadata.origin : damaged;
  } catch (error) {
    return error;
  }
}

describe('the metadata of a shard', () => {
  it('is read as it was written', async () => {
    expect(await check(shardFile())).toEqual(ORIGIN);
  });

  it('and its tensors have no bit that can be flipped unnoticed', { timeout: 60_000 }, async () => {
    const content = shardFile();
    const dataBegin = content.length - DATA.length;
    for (let at = 0; at < content.length; at++) {
      const found = await check(flipped(content, at, at % 8));
      if (at >= dataBegin) expect(found).toHaveLength(1);
      else expect(found instanceof ArgumentError || found instanceof DamageError, `byte ${at}`).toBe(true);
    }
  });

  it('is not there in a file of someone else', async () => {
    const { header, data } = apart(shardFile());
    const metadata = { format: 'pt', tensorseed: 'no key of ours', 'my.tensorseed.seed': '1' };
    expect(
      await check(Buffer.concat([headerBytes(JSON.stringify({ ...header, __metadata__: metadata })), data])),
    ).toBeUndefined();
  });

  const long = 'x'.repeat(2 ** 20);
  const wrong: readonly [key: string, value: unknown, message: RegExp][] = [
    ['tensorseed.metadata_version', '2', /must be 1 for this release of tensorseed, got "2"$/],
    [
      'tensorseed.metadata_version',
      undefined,
      /has metadata of tensorseed, but no "tensorseed\.metadata_ver/,
    ],
    ['tensorseed.stream_version', '0', /must be an integer >= 1, or the name of a stream, got "0"$/],
    ['tensorseed.seed', undefined, /but no "tensorseed\.seed" in it$/],
    ['tensorseed.seed', '', /must be a decimal integer in \[0, 2\^64\), got ""$/],
    ['tensorseed.seed', '07', /got "07"$/],
    ['tensorseed.seed', '-1', /got "-1"$/],
    ['tensorseed.seed', '18446744073709551616', /got "18446744073709551616"$/],
    ['tensorseed.seed', '9'.repeat(2 ** 20), /got "9{76}\.\.\.$/],
    ['tensorseed.seed', 7, /must hold strings only, but "tensorseed\.seed" is no string$/],
    ['tensorseed.seed', null, /must hold strings only/],
    ['tensorseed.math', 'fast', /must be exact or native, got "fast"$/],
    ['tensorseed.model_sha256', 'A'.repeat(64), /must be 64 hexadecimal digits, got "A+"$/],
    ['tensorseed.model_tensors', '9007199254740993', /must be an integer in \[0, 2\^53\), got/],
    ['tensorseed.shard', '0/5', /must be k\/n with 1 <= k <= n <= 99999, got "0\/5"$/],
    ['tensorseed.shard', '6/5', /got "6\/5"$/],
    ['tensorseed.shard', '1/100000', /got "1\/100000"$/],
    ['tensorseed.shard', '1', /got "1"$/],
    ['tensorseed.shard', '1/2/3', /got "1\/2\/3"$/],
    ['tensorseed.shard', '1e0/5', /got "1e0\/5"$/],
    ['tensorseed.shard', `1/${long}`, /got "1\/x+\.\.\.$/],
    ['tensorseed.sha256:none', undefined, /but no "tensorseed\.sha256:none" in it$/],
    ['tensorseed.sha256:none', 'abc', /must be 64 hexadecimal digits, got "abc"$/],
    ['tensorseed.sha256:other', '0'.repeat(64), /has "tensorseed\.sha256:other", which stands for nothing/],
    ['tensorseed.constructor', '', /has "tensorseed\.constructor", which stands for nothing/],
    [`tensorseed.${long}`, long, /has "tensorseed\.x+\.\.\., which stands for nothing/],
  ];
  it.each(wrong.map(([key, value, message]) => [show(key), show(value), { key, value, message }] as const))(
    'is refused where %s is %s',
    async (_, __, { key, value, message }) => {
      const parts = apart(shardFile());
      if (value === undefined) delete parts.metadata[key];
      else parts.metadata[key] = value;
      const found = await check(resealed(parts));
      expect(found).toBeInstanceOf(ArgumentError);
      expect((found as Error).message).toMatch(message);
      expect((found as Error).message.replaceAll(path, '').length).toBeLessThan(250);
    },
  );

  it('is refused without the checksum of the header, with a key twice, and where it is no object', async () => {
    const { header, metadata, data } = apart(shardFile());
    const with_ = (json: string): Buffer => Buffer.concat([headerBytes(json), data]);
    const json = JSON.stringify(header);
    const own = `"tensorseed.header_sha256":"${metadata['tensorseed.header_sha256']}",`;
    for (const [text, message] of [
      [json.replace(own, ''), 'but no "tensorseed.header_sha256" in it'],
      [json.replace(own, own + own), 'has the key "tensorseed.header_sha256" twice'],
      [json.replace(own, own.replace(':"', ': "')), 'is damaged: its SHA-256 is'],
      [json.replace(own, own.replace('tensor', '\\u0074ensor')), 'is damaged: its SHA-256 is'],
      [json.replace(JSON.stringify(metadata), '"tensorseed.seed"'), '__metadata__'],
    ]) {
      const found = await check(with_(text));
      expect(found).toBeInstanceOf(Error);
      expect((found as Error).message).toContain(message);
    }
  });
});

describe('the checksum of a model', () => {
  const of = (tensors: readonly object[], options: object = {}): string =>
    modelChecksum(modelFile({ tensors } as never, { seed: 1, ...options }).tensors);
  const normal = (stddev: number): object => ({ class_name: 'RandomNormal', config: { stddev } });
  const A = { name: 'a', shape: [2, 3], initializer: normal(0.5) };
  const B = { name: 'b/"é', shape: [4], initializer: 'zeros' };

  it('is of one line of JSON for each tensor, as docs/shards.md says', () => {
    const initializer = ['zeros', 'ones'].map((one) => ({ initializer: one, shape: [2] }));
    const lines = [
      '["a","float32",[2,3],[[0,6,{"kind":"normal","mean":0,"stddev":0.5}]]]\n',
      '["b/\\"é","float32",[4],[[0,2,{"kind":"constant","value":0}],[2,2,{"kind":"constant","value":1}]]]\n',
    ];
    expect(of([{ ...B, initializer }, A])).toBe(sha256(Buffer.from(lines.join(''))));
  });

  it('is the same in every release', () => {
    expect(modelChecksum(modelFile('gpt2', { seed: 42 }).tensors)).toBe(
      '521e52dd5cdc336b53547a2be00b5565d5739877fba0460eeed7bb65d5c76961',
    );
  });

  it('depends on names, shapes, dtypes and draws, and not on the seed, the math or the order', () => {
    const same = of([A, B]);
    expect(of([B, A], { seed: 2, math: 'native' })).toBe(same);
    const others = [
      [A],
      [{ ...A, name: 'c' }, B],
      [{ ...A, shape: [3, 2] }, B],
      [{ ...A, initializer: normal(0.25) }, B],
      [{ ...A, dtype: 'float16' }, B],
      [A, { ...B, initializer: { class_name: 'Constant', config: { value: -0 } } }],
    ].map((tensors) => of(tensors));
    expect(new Set([same, ...others]).size).toBe(others.length + 1);
  });
});
