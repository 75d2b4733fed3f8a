import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspace } from './tensorseed';

const work = workspace();

/** A file made by hand: header, then bytes. */
function write(name: string, header: string, data: Uint8Array): void {
  const json = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  writeFileSync(join(work.folder, name), Buffer.concat([length, json, data]));
}

function writeMixed(): void {
  const floats = Float32Array.of(1, 2, NaN, 6, -Infinity);
  const header = `{"__metadata__":{"__proto__":"x"},"f":{"dtype":"F32","shape":[5],"data_offsets":[0,20]},"__proto__":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[20,22]},"i\\u001b[31m":{"dtype":"I8","shape":[2,1],"data_offsets":[22,24]}}`;
  write('x.safetensors', header, Buffer.concat([Buffer.from(floats.buffer), Buffer.of(1, 2, 0xff, 1)]));
}

describe('tensorseed inspect', () => {
  it('gives numbers as JSON', () => {
    writeMixed();
    const { code, stdout, stderr } = work.run('inspect', 'x.safetensors', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const { metadata, tensors, bytes } = JSON.parse(stdout.toString());
    expect(Object.entries(metadata)).toEqual([['__proto__', 'x']]);
    expect(bytes).toBeGreaterThan(24);
    expect(tensors[0]).toMatchObject({
      name: 'f',
      dtype: 'F32',
      shape: [5],
      count: 5,
      mean: 3,
      min: 1,
      max: 6,
      nan: 1,
      infinite: 1,
    });
    expect(tensors[0].std).toBeCloseTo(Math.sqrt(14 / 3), 14);
    expect(tensors[0].histogram.edges).toHaveLength(17);
    expect(tensors[0].histogram.edges[0]).toBe(1);
    expect(tensors[0].histogram.edges[16]).toBe(6);
    expect(tensors[0].histogram.counts).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(tensors[1]).toEqual({
      name: '__proto__',
      dtype: 'F8_E4M3',
      shape: [2],
      count: 2,
      mean: null,
      std: null,
      min: null,
      max: null,
      nan: null,
      infinite: null,
      histogram: null,
    });
    expect(tensors[2]).toMatchObject({ dtype: 'I8', mean: 0, min: -1, max: 1 });
  });

  it('draws a table that no name can break', () => {
    writeMixed();
    const { code, stdout } = work.run('inspect', 'x.safetensors');
    expect(code).toBe(0);
    const text = stdout.toString();
    expect(text).not.toContain('\u001b');
    expect(text).toMatch(/^f +F32 +\[5\] +5 +3 +2\.1602 +1 +6 +█ .*█ 1 NaN 1 infinite$/m);
    expect(text).toMatch(/^__proto__ .* no statistics for F8_E4M3$/m);
    expect(text).toMatch(/^i\\u\{1b\}\[31m +I8/m);
    expect(text).toContain('3 tensors, 9 elements,');
  });

  it('refuses what is no safetensors file, in one line', () => {
    write('hole.safetensors', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', new Uint8Array(8));
    writeFileSync(join(work.folder, 'short'), '1234567');
    writeFileSync(join(work.folder, 'long'), Buffer.alloc(64, 0xff));
    for (const [file, message] of [
      ['hole.safetensors', 'tensor "a" of hole.safetensors leaves a hole'],
      ['short', 'short is no safetensors file: 7 bytes, fewer than 8'],
      ['long', 'long is no safetensors file: a header of 18446744073709551615 bytes'],
      ['missing', 'cannot read missing: no such file or directory'],
      ['.', '. is no file'],
    ]) {
      const { code, stdout, stderr } = work.run('inspect', file);
      expect(stderr).toBe(`tensorseed: ${stderr.slice(12, -1)}\n`);
      expect(stderr).toContain(message);
      expect([code, stdout.length]).toEqual([2, 0]);
    }
  });

  it('reads what sample wrote', () => {
    expect(
      work.run(
        'sample',
        'uniform',
        '--shape',
        '300,1000',
        '--seed',
        '1',
        '--backend',
        'cpu',
        '--dtype',
        'float16',
        '--out',
        'u.safetensors',
      ).code,
    ).toBe(0);
    const [tensor] = JSON.parse(work.run('inspect', 'u.safetensors', '--json').stdout.toString()).tensors;
    expect(tensor.histogram.counts.reduce((a: number, b: number) => a + b)).toBe(300_000);
    // Uniform over [-0.05, 0.05): standard error of the mean 0.05 / sqrt(3 * 300000) = 5.3e-5, here six of them.
    expect(Math.abs(tensor.mean)).toBeLessThan(3.2e-4);
    expect(tensor.std).toBeCloseTo(0.1 / Math.sqrt(12), 3);
  });
});

describe('tensorseed devices', () => {
  it('answers with adapters, or says why there are none', () => {
    const { code, stdout } = work.run('devices', '--json');
    expect(code).toBe(0);
    const { adapters, reason } = JSON.parse(stdout.toString());
    if (adapters.length === 0) expect(reason).toMatch(/./);
    for (const { info, limits, features } of adapters) {
      expect(typeof info.vendor).toBe('string');
      expect(limits.maxBufferSize).toBeGreaterThan(0);
      expect(Array.isArray(features)).toBe(true);
    }
    expect(work.run('devices').stdout.toString()).toMatch(/maxBufferSize|no WebGPU adapter here: /);
  });
});
