import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { planSafetensors } from '../../src/formats/safetensors';

const SCRIPT = fileURLToPath(new URL('./read_safetensors.py', import.meta.url));
const python = spawnSync('python3', ['--version']).status === 0;

describe(`a reader of safetensors in Python${python ? '' : ' (skipped: there is no python3 here)'}`, () => {
  it.skipIf(!python)('finds every tensor that was written', () => {
    const { header, tensors, fileBytes } = planSafetensors([
      { name: 'float', shape: [2, 2], dtype: 'float32' },
      { name: 'half/é', shape: [3], dtype: 'float16' },
      { name: '__proto__', shape: [1], dtype: 'bfloat16' },
      { name: 'word "', shape: [], dtype: 'uint32' },
      { name: 'none', shape: [0, 4], dtype: 'float32' },
    ]);
    const bytes: Record<string, ArrayBufferView> = {
      float: Float32Array.of(1, -2.5, 3e-40, 4),
      'half/é': Uint16Array.of(0x3c00, 0xc000, 0x0001),
      ['__proto__']: Uint16Array.of(0x4049),
      'word "': Uint32Array.of(0xffffffff),
      none: new Float32Array(0),
    };
    const content = Buffer.alloc(fileBytes);
    content.set(header);
    const dataOf = (name: string): Buffer => {
      const { buffer, byteOffset, byteLength } = bytes[name];
      return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
    };
    for (const { name, begin } of tensors) dataOf(name).copy(content, begin);

    const folder = mkdtempSync(join(tmpdir(), 'tensorseed-'));
    try {
      const file = join(folder, 'x.safetensors');
      writeFileSync(file, content);
      const { status, stdout, stderr } = spawnSync('python3', [SCRIPT, file], { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      const read = JSON.parse(stdout);
      expect(read.metadata).toEqual({ format: 'pt' });
      expect(read.tensors.map((tensor: { name: string }) => tensor.name)).toEqual(
        tensors.map(({ name }) => name),
      );
      const found = new Map<string, any>(
        read.tensors.map((tensor: { name: string }) => [tensor.name, tensor]),
      );
      expect(found.get('float')).toMatchObject({
        dtype: 'F32',
        shape: [2, 2],
        first: [1, -2.5, Math.fround(3e-40), 4],
      });
      expect(found.get('half/é')).toMatchObject({ dtype: 'F16', shape: [3], first: [1, -2, 2 ** -24] });
      expect(found.get('__proto__')).toMatchObject({ dtype: 'BF16', shape: [1], first: [3.140625] });
      expect(found.get('word "')).toMatchObject({ dtype: 'U32', shape: [], first: [4294967295] });
      expect(found.get('none')).toMatchObject({ dtype: 'F32', shape: [0, 4], first: [] });
      for (const { name } of tensors) {
        expect(found.get(name).sha256).toBe(createHash('sha256').update(dataOf(name)).digest('hex'));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
