import { freemem } from 'node:os';
import { oneLine } from '../../src/cli/faults';
import type { Case } from './case';
import { NO_DEVICE, openBenchDevice } from './devices';
import { cpuMakers } from './makers/cpu';
import { gpuMaker } from './makers/gpu';
import { jaxMaker } from './makers/jax';
import { Absent } from './makers/maker';
import { mathRandomMaker } from './makers/math_random';
import { pythonMakers } from './makers/python';
import { tfjsMaker } from './makers/tfjs';
import type { Row, Setting } from './row';
import { type Host, type Paces, runCase } from './run_case';

/** A process that runs cases on the driver that its environment names: it answers its parent's requests. */
export type Request =
  | { readonly kind: 'open'; readonly gpu: boolean }
  | { readonly kind: 'case'; readonly case: Case; readonly paces: Paces };

export type Reply =
  | { readonly kind: 'opened'; readonly setting: Omit<Setting, 'host'> }
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

/** What libraries made for browsers look for. */
async function likeABrowser(gpu: GPU | undefined): Promise<void> {
  if (gpu === undefined) return;
  const { globals } = await installed<{ globals: object }>('webgpu');
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'node' }, configurable: true });
}

let host: Host | undefined;

async function open(useGpu: boolean): Promise<Omit<Setting, 'host'>> {
  const { gpu, device, about } = useGpu ? await openBenchDevice() : NO_DEVICE;
  await likeABrowser(gpu);
  const peers = {
    tfjs: tfjsMaker(async () => ({
      tf: await installed('@tensorflow/tfjs'),
      webgpu: await installed('@tensorflow/tfjs-backend-webgpu'),
    })),
    jax: jaxMaker(() => installed('@jax-js/jax')),
  };
  const makers = {
    gpu: gpuMaker(),
    ...cpuMakers(),
    'Math.random': mathRandomMaker(),
    ...pythonMakers(),
    ...peers,
  };
  host = { device, makers, freeMemory: () => process.availableMemory?.() ?? freemem() };
  return { runtime: `Node ${process.versions.node}`, makers: Object.keys(makers), ...about };
}

const reply = (message: Reply): void => void process.send?.(message);

process.on('disconnect', () => process.exit(1));
process.on('message', async (request: Request) => {
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
