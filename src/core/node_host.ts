/** Tells the library that it runs in Node, or in Deno or Bun, which have Node's modules, too. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { DeviceError } from './errors';
import { useHost } from './current_host';
import type { Host } from './host';
import { WEB_HOST } from './web_host';

const NODE_HOST: Host = {
  processors: availableParallelism,
  findGpu: async () => (await WEB_HOST.findGpu()) ?? findDawn(),
  startWorker(script, _url, { message, end }) {
    const source = `const channel = require('node:worker_threads').parentPort;\n${script}`;
    const worker = new Worker(source, { eval: true, execArgv: [], name: 'tensorseed' });
    worker.on('message', message).on('error', end).on('exit', end);
    return {
      post: (data, transfer) => worker.postMessage(data, transfer),
      terminate: () => void worker.terminate(),
      hold: (yes) => (yes ? worker.ref() : worker.unref()),
    };
  },
};

let dawn: Promise<GPU | undefined> | undefined;

/** WebGPU of the optional package `webgpu`, which is Dawn. */
function findDawn(): Promise<GPU | undefined> {
  dawn ??= (async () => {
    try {
      const { create } = (await importOptional('webgpu')) as { create(flags: string[]): GPU };
      return create([]);
    } catch (error) {
      if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return undefined;
      throw new DeviceError(`the webgpu package does not load: ${(error as Error).message}`);
    }
  })();
  return dawn;
}

/** Imports a package that may be missing. Bundlers cannot take its native code along, so they leave it alone. */
function importOptional(name: string): Promise<unknown> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name);
}

useHost(NODE_HOST);
