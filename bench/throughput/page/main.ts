import type { Case } from '../case';
import { coldStart, type ColdStart, type Library } from '../cold_start';
import { openBenchDevice } from '../devices';
import { sumMaker } from '../makers/choice';
import { cpuMakers } from '../makers/cpu';
import { gpuMaker } from '../makers/gpu';
import { jaxMaker } from '../makers/jax';
import { mathRandomMaker } from '../makers/math_random';
import { tfjsMaker } from '../makers/tfjs';
import { typegpuMaker } from '../makers/typegpu';
import type { Row, HostDescription } from '../row';
import { type Host, type Paces, runCase } from '../run_case';

declare global {
  interface Window {
    /** Opens the device. */
    openBench(): Promise<Omit<HostDescription, 'host' | 'runtime'>>;
    runBenchCase(of: Case, paces: Paces): Promise<void>;
    /** Given by whoever opened the page. */
    reportBenchRow(row: Row): Promise<void>;
    /** In a page that has done nothing else. @param library the URL of the built library */
    benchColdStart(library: string): Promise<ColdStart>;
  }
}

let host: Host;

window.openBench = async () => {
  const { device, about } = await openBenchDevice(navigator.gpu);
  const peers = {
    tfjs: tfjsMaker(async () => ({
      tf: await import('@tensorflow/tfjs'),
      webgpu: await import('@tensorflow/tfjs-backend-webgpu'),
    })),
    jax: jaxMaker(() => import('@jax-js/jax')),
    typegpu: typegpuMaker(async () => ({
      typegpu: await import('typegpu'),
      noise: await import('@typegpu/noise'),
    })),
  };
  const makers = {
    gpu: gpuMaker(),
    ...cpuMakers(),
    sum: sumMaker(),
    'Math.random': mathRandomMaker(),
    ...peers,
  };
  host = { device, makers };
  return { makers: Object.keys(makers), ...about };
};

window.runBenchCase = async (of, paces) => {
  const reports: Promise<void>[] = [];
  await runCase(host, of, paces, (row) => reports.push(window.reportBenchRow(row)));
  await Promise.all(reports);
};

window.benchColdStart = (library) =>
  coldStart(() => import(/* @vite-ignore */ library) as Promise<Library>, 'gpu');
