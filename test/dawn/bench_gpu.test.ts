import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, expect, it } from 'vitest';
import { type Card, cardOn } from '../../bench/gpu/card';
import { FULL_SIZES, itemsOf } from '../../bench/gpu/items';
import { measureKernel } from '../../bench/gpu/measure_kernel';
import { measureModel } from '../../bench/gpu/measure_model';
import { measureOrthogonal } from '../../bench/gpu/measure_orthogonal';
import type { GpuResults } from '../../bench/gpu/results';
import { settle } from '../../bench/gpu/settle';
import { Workplace } from '../../bench/gpu/workplace';
import { DoesNotFit } from '../../bench/throughput/reasons';
import { describeDawn } from '../harness/describe';

const SOFTWARE = { vendor: 'mesa', software: true };
const MODEL = {
  tensors: [
    { name: 'a', shape: [64, 300], initializer: 'he_normal' },
    { name: 'b', shape: [64], initializer: 'zeros' },
    { name: 'c', shape: [300, 64], initializer: 'glorot_uniform' },
    { name: 'd', shape: [77], initializer: 'ones' },
  ],
};
const FILL = { source: MODEL, dtype: 'bfloat16', mostShard: 40_000 } as const;

describeDawn('the parts of bench --gpu', (runner) => {
  let card: Card | undefined;
  const workplace = () => new Workplace((card ??= cardOn(runner().device)), SOFTWARE);

  it('time a kernel beside a constant fill and a copy, once its values are right', async () => {
    const items = itemsOf('kernels', { ...FULL_SIZES, log2: [12, 12] });
    const place = workplace();
    for (const name of ['normal float32 2^12', 'bernoulli uint8 2^12', 'normal jax float32 2^12']) {
      const item = items.find((one) => one.name === name);
      if (item?.part !== 'kernels') throw new Error(`there is no item ${name}`);
      const { verified, speed } = await measureKernel(place, item.kernel, 30, 60_000);
      expect(verified).toBe('4,096 of 4,096 elements equal to the CPU reference');
      expect(speed).toMatchObject({ elements: 4096, bytes: name.includes('uint8') ? 4096 : 16384 });
      for (const value of [speed.time.median, speed.wall.median, speed.constant!.share, speed.copy!.share])
        expect(value).toBeGreaterThan(0);
      expect(speed.gigabytesPerSecond).toBeCloseTo(speed.bytes / speed.time.median / 1e6, 9);
    }
    place.free();
  });

  it('leave out what would take too long, and what would take the memory of the processor', async () => {
    const place = workplace();
    const kernel = {
      kernel: 'normal',
      dtype: 'float32',
      math: 'exact',
      stream: undefined,
      log2: 28,
    } as const;
    await expect(measureKernel(place, kernel, 30, 1)).rejects.toThrow(/it would take about .* were left/);
    expect(() => place.checkMemory(2 ** 50)).toThrow(DoesNotFit);
    const { device } = runner();
    expect(() =>
      new Workplace(cardOn(device), { vendor: 'nvidia', software: false }).checkMemory(2 ** 50),
    ).not.toThrow();
    place.free();
  });

  it('keep a card busy until its clock has settled, or for so long', async () => {
    const { seconds, first, last } = await settle(workplace(), 100);
    expect(seconds).toBeGreaterThan(0.1);
    expect(Math.min(first, last)).toBeGreaterThan(0);
  });

  it('check and time an orthogonal matrix', async () => {
    const { verified, speed } = await measureOrthogonal(workplace(), 64, 30, 60_000);
    expect(verified).toBe('4,096 of 4,096 elements within bounds of the CPU reference');
    expect(speed.time.median).toBeGreaterThan(0);
  });

  it('fill a model in as many buffers as it takes', async () => {
    const { verified, note, speed } = await measureModel(workplace(), FILL, 30, 60_000);
    expect(note).toMatch(/^4 tensors, 0\.00 GB, all in memory at once; fillAll takes/);
    expect(verified).toContain('4 tensors');
    expect(speed).toMatchObject({ elements: 64 * 300 * 2 + 64 + 77 });
    expect(speed.fillAll!.median).toBeGreaterThan(0);
  });

  it('fill a model through one buffer where the memory does not do, and a part of it where the time does not', async () => {
    const place = workplace();
    let given = 0;
    const newMemory = place.newMemory.bind(place);
    place.newMemory = (bytes) =>
      ++given === 2 ? Promise.reject(new DoesNotFit('no more memory')) : newMemory(bytes);
    const { verified, note } = await measureModel(place, FILL, 30, 60_000);
    expect(note).toMatch(/^4 tensors, 0\.00 GB, through one buffer of 0\.00 GB in 2 turns/);
    expect(verified).toContain('4 tensors');
    await expect(measureModel(workplace(), FILL, 30, 0)).rejects.toThrow('the time would not do');
  });

  it('report an error of the device', async () => {
    // Other tests would hear of the error on the device that all share.
    const device = await (await runner().gpu.requestAdapter())!.requestDevice();
    const card = cardOn(device);
    device.createBuffer({ size: 4, usage: 0 });
    await device.queue.onSubmittedWorkDone();
    expect(() => card.check()).toThrow(/usage/i);
    expect(() => card.check()).not.toThrow();
    device.destroy();
  });
});

const out = fileURLToPath(new URL('../../out/', import.meta.url));
const configFile = fileURLToPath(new URL('../../bench/gpu/vite.config.ts', import.meta.url));
const webgpu = fileURLToPath(new URL('../../node_modules/webgpu', import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The command as it is copied to another machine: outside of the checkout, without its packages. */
async function copied(): Promise<string> {
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'bench-gpu-'));
  folders.push(folder);
  await build({ configFile, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
  cpSync(webgpu, join(folder, 'node_modules', 'webgpu'), { recursive: true, dereference: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "version": "1.2.3", "commit": "abc" }');
  return folder;
}

describeDawn('bench --gpu', () => {
  it('measures what it has the time for, lists the rest, and goes on where the process of the card ends', async () => {
    const folder = await copied();
    const child = spawn(
      process.execPath,
      [
        'run.mjs',
        '--minutes',
        '0.6',
        '--log2',
        '12',
        '--only',
        'kernels,orthogonal',
        '--json',
        'copy.json',
        '--out',
        'o',
      ],
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PYTHON: 'none' } },
    );
    let [stdout, stderr] = ['', ''];
    let killed = false;
    child.stdout.on('data', (data) => (stdout += data));
    child.stderr.on('data', (data) => {
      stderr += data;
      if (killed || !stderr.includes('kernels: bits')) return;
      killed = true;
      for (const pid of childrenOf(child.pid!)) process.kill(pid, 'SIGKILL');
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    const results = JSON.parse(readFileSync(join(folder, 'o', 'results.json'), 'utf8')) as GpuResults;
    expect(JSON.parse(readFileSync(join(folder, 'copy.json'), 'utf8'))).toEqual(results);
    expect(results).toMatchObject({
      format: 'tensorseed bench gpu 1',
      software: true,
      complete: true,
      verify: null,
      conditions: { version: '1.2.3', commit: 'abc', webgpu: expect.stringMatching(/^\d/), minutes: 0.6 },
      sizes: { log2: [12, 12] },
    });
    // The rest is for what a busy machine takes to end processes and to write files.
    expect(results.conditions.seconds).toBeLessThan(0.6 * 60 + 20);
    const sizes = results.sizes;
    const wanted = [...itemsOf('kernels', sizes), ...itemsOf('orthogonal', sizes)];
    expect(results.rows.map(({ name }) => name)).toEqual(wanted.map(({ name }) => name));
    for (const { status, reason, speed } of results.rows) {
      expect(status === 'measured').toBe(speed !== null);
      expect(status === 'measured').toBe(reason === null);
    }
    expect(results.rows[0]).toMatchObject({ name: 'constant float32 2^12', status: 'measured' });
    const broken = results.rows.filter(({ status }) => status === 'failed');
    expect(broken.map(({ reason }) => reason)).toEqual(['the process of the card ended with SIGKILL']);
    expect(results.faults).toHaveLength(1);
    expect(results.rows[2]).toMatchObject({ name: 'uniform float32 2^12', status: 'measured' });
    expect(status).toBe(1); // since something broke
    expect(stdout).toContain('NO CARD');
    expect(stderr).toContain('NO CARD');
    expect(readFileSync(join(folder, 'o', 'summary.txt'), 'utf8')).toBe(stdout);
  });
});

/** The processes that a process has started. */
function childrenOf(pid: number): number[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}
