import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { namesIn } from '../../../bench/gpu/card';
import { saidText } from '../../../bench/gpu/card_process';
import { isSameCard, measureFramework } from '../../../bench/gpu/frameworks';
import { libraryIn, vulkanHere, writeManifest } from '../../../bench/gpu/vulkan';

const folder = mkdtempSync(join(tmpdir(), 'bench-gpu-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('finding a card', () => {
  it('reads the names of adapters in what Dawn says', () => {
    const message =
      "no suitable backends found\nAvailable adapters:\n * backend: 'vulkan', name: 'NVIDIA H200'\n" +
      " * backend: 'vulkan', name: 'llvmpipe (LLVM 15.0.6, 256 bits)'\n * backend: 'opengl', name: 'NVIDIA H200'\n";
    expect(namesIn(message)).toEqual(['NVIDIA H200', 'llvmpipe (LLVM 15.0.6, 256 bits)']);
    expect(namesIn('something else')).toEqual([]);
  });

  it('says what a driver said, each line once', () => {
    const line = 'loader_icd_scan: libX11.so.6: cannot open shared object file';
    expect(saidText(`Warning: ${line}\nERROR:            ${line}\n    at F (/a.cpp:1)\n`)).toBe(
      `; its process said: ${line}`,
    );
    expect(saidText('Warning: maxDynamic artificially reduced\n')).toBe('');
  });

  it.runIf(process.platform === 'linux')(
    'finds a library in the cache of the linker, for this processor',
    () => {
      const ours = process.arch === 'arm64' ? 'libc6,AArch64' : 'libc6,x86-64';
      const cache = `2 libs found\n\tlibvulkan.so.1 (libc6) => /lib32/libvulkan.so.1\n\tlibvulkan.so.1 (${ours}) => /lib/libvulkan.so.1\n`;
      expect(libraryIn(cache, 'libvulkan.so.1')).toBe('/lib/libvulkan.so.1');
      expect(libraryIn(cache, 'libvulkan.so')).toBeUndefined();
    },
  );

  it('writes a manifest that names the library', () => {
    const path = writeManifest('/opt/libGLX_nvidia.so.0');
    expect(JSON.parse(readFileSync(path, 'utf8')).ICD.library_path).toBe('/opt/libGLX_nvidia.so.0');
  });

  it.runIf(process.platform === 'linux')('tries nothing but the driver that the environment names', () => {
    const before = process.env.VK_DRIVER_FILES;
    process.env.VK_DRIVER_FILES = '/my/icd.json';
    try {
      expect(vulkanHere(undefined).environments.map(({ from }) => from)).toEqual([
        "the environment's /my/icd.json",
      ]);
    } finally {
      if (before === undefined) delete process.env.VK_DRIVER_FILES;
      else process.env.VK_DRIVER_FILES = before;
    }
  });
});

describe('other frameworks', () => {
  const ask = (python: string, milliseconds = 60_000) =>
    measureFramework(
      'torch',
      { python, sizes: { log2: [12, 13], sides: [16] }, allowCpu: false, milliseconds },
      () => undefined,
    );

  it('are the same card by its name', () => {
    expect(isSameCard('NVIDIA H200', 'nvidia-h200')).toBe(true);
    expect(isSameCard('NVIDIA H200', 'NVIDIA GeForce RTX 4090')).toBe(false);
    expect(isSameCard('', 'nvidia-h200')).toBeUndefined();
  });

  it('are absent with a reason where there is no Python', async () => {
    expect(await ask(join(folder, 'none'))).toMatchObject({
      version: null,
      reason: `${join(folder, 'none')} is not there; PYTHON names another program`,
      rows: [],
    });
  });

  /** A program in place of Python, which prints lines of the script's kind. */
  function program(name: string, script: string): string {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }
  const HELLO = `echo '{"kind":"framework","version":"2","device":"a card","platform":"CUDA","clock":"events"}'`;
  const ROW = `echo '{"kind":"row","call":"fill_","dtype":"float32","elements":4,"bytes":16,"status":"left out","reason":"time"}'`;

  it.skipIf(process.platform === 'win32')(
    'keep what was measured before they break, or are stopped',
    async () => {
      const broken = await ask(program('broken', `${HELLO}\necho noise\n${ROW}\necho no memory >&2\nexit 3`));
      expect(broken).toMatchObject({ device: 'a card', rows: [{ call: 'fill_', status: 'left out' }] });
      expect(broken.reason).toContain('code 3: no memory');
      const slow = await ask(program('slow', `${HELLO}\nexec sleep 60`), 500);
      expect(slow).toMatchObject({ version: '2', reason: 'stopped after 1 s', rows: [] });
    },
  );
});
