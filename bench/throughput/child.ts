import { freemem } from 'node:os';
import { oneLine } from '../../src/cli/faults';
import type { Case } from './case';
import { openBenchDevice } from './devices';
import { sumMaker } from './makers/choice';
import { cpuMakers } from './makers/cpu';
import { gpuMaker } from './makers/gpu';
import { jaxMaker } from './makers/jax';
import { mathRandomMaker } from './makers/math_random';
import { pythonMakers } from './makers/python';
import { tfjsMaker } from './makers/tfjs';
import { typegpuMaker } from './makers/typegpu';
import { Absent } from './reasons';
import type { Row, HostDescription } from './row';
import { type Host, type Paces, runCase } from './run_case';

/** A process that runs cases on the driver that its environment names: it answers its parent's requests. */
export type HostRequest =
  | { readonly kind: 'open'; readonly gpu: boolean }
  | { readonly kind: 'case'; readonly case: Case; readonly paces: Paces };

export type HostReply =
  | { readonly kind: 'opened'; readonly setting: Omit<HostDescription, 'host'> }
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'done' }
  | { readonly kind: 'fault'; readonly message: string };

/** A package of the user's, whose name bundlers shall not see. */
async function installed<T>(name: string): Promise<T> {
  try {
    return (await import(/* @vite-ignore */ name)) as T;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND')
      throw new Absent(`${name} is not installed`);
    throw error;
  }
}

/**
 * WebGPU by the package `webgpu`, with the globals that libraries
 * made for browsers look for; undefined where it is absent.
 */
async function openWebGpu(): Promise<GPU | undefined> {
  try {
    const { create, globals } = await installed<{ create(flags: string[]): GPU; globals: object }>('webgpu');
    const gpu = create([]);
    Object.assign(globalThis, globals);
    Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'node' }, configurable: true });
    return gpu;
  } catch (error) {
    if (error instanceof Absent) return undefined;
    throw error;
  }
}

let host: Host | undefined;

async function open(useGpu: boolean): Promise<Omit<HostDescription, 'host'>> {
  const { device, about } = await openBenchDevice(useGpu ? await openWebGpu() : undefined);
  const peers = {
    tfjs: tfjsMaker(async () => ({
      tf: await installed('@tensorflow/tfjs'),
      webgpu: await installed('@tensorflow/tfjs-backend-webgpu'),
    })),
    jax: jaxMaker(() => installed('@jax-js/jax')),
    typegpu: typegpuMaker(async () => ({
      typegpu: await installed('typegpu'),
      noise: await installed('@typegpu/noise'),
    })),
  };
  const makers = {
    gpu: gpuMaker(),
    ...cpuMakers(),
    sum: sumMaker(),
    'Math.random': mathRandomMaker(),
    ...pythonMakers(),
    ...peers,
  };
  host = { device, makers, freeMemory: () => process.availableMemory?.() ?? freemem() };
  return { runtime: `Node ${process.versions.node}`, makers: Object.keys(makers), ...about };
}

const reply = (message: HostReply): void => void process.send?.(message);

process.on('disconnect', () => process.exit(1));
process.on('message', async (request: HostRequest) => {
  try {
    if (request.kind === 'open') {
      reply({ kind: 'opened', setting: await open(request.gpu) });
    } else {
      await runCase(host!, request.case, request.paces, (row) => reply({ kind: 'row', row }));
      reply({ kind: 'done' });
    }
  } catch (error) {
    reply({ kind: 'fault', message: oneLine(error) });
  }
});
