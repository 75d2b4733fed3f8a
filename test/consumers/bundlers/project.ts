import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformWithOxc } from 'vite';
import { programsOf } from '../../docs/markdown';
import { root } from '../../docs/programs';
import { unpackInto } from '../../support/packed';

/** The files that a bundler starts from, each in a folder of its own. */
export type Entry = 'main' | 'tfjs' | 'worker' | 'node';

/** A fresh project of somebody who installed the packed package. */
export class Project {
  /** No part of the path has the package's name, so that a message with the name is about the package. */
  readonly folder = mkdtempSync(join(tmpdir(), 'consumer-'));
  readonly library = unpackInto(this.folder);

  static async create(): Promise<Project> {
    const project = new Project();
    await project.writeAll();
    return project;
  }

  /** The package, as if npm had installed it. */
  link(name: string): void {
    const path = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), path);
  }

  write(path: string, text: string): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async writeAll(): Promise<void> {
    this.write(
      'package.json',
      JSON.stringify({ private: true, type: 'module', dependencies: { tensorseed: '*' } }),
    );
    for (const name of ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-webgpu']) this.link(name);
    const { tensor, encode, model, layer } = await readmePrograms();
    this.write('src/tensor.js', functionOf(tensor, TENSOR));
    this.write('src/encode.js', functionOf(encode, ENCODE));
    this.write('src/model.js', functionOf(model, MODEL));
    this.write('src/layer.js', functionOf(layer, LAYER));
    this.write('src/own.js', OWN);
    this.write('src/hex.js', HEX);
    this.write('plain/main.js', `${tensor}\n${HEX.replace('export ', '')}\n${plainEnd(TENSOR)}`);
    this.write('main/main.js', MAIN);
    this.write('tfjs/main.js', TFJS);
    this.write('worker/main.js', WORKER_MAIN);
    this.write('worker/w.js', WORKER);
    this.write('service/main.js', SERVICE_WORKER);
    this.write('node/main.js', NODE);
    for (const entry of ['main', 'tfjs', 'worker']) this.write(`${entry}/index.html`, html());
  }
}

/** A page that runs a script, `main.js` beside it unless another is given. */
export function html(script = '<script type="module" src="./main.js"></script>', head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>consumer</title><link rel="icon" href="data:,">${head}</head><body>${script}</body></html>\n`;
}

interface ReadmePrograms {
  readonly tensor: string;
  readonly encode: string;
  readonly model: string;
  readonly layer: string;
}

/** The README's own lines, found by what they are about, as JavaScript. */
async function readmePrograms(): Promise<ReadmePrograms> {
  const programs = programsOf('README.md');
  const find = async (word: string): Promise<string> => {
    const found = programs.filter(({ code }) => code.includes(word));
    if (found.length !== 1)
      throw new Error(`README.md must have one program with ${word}, got ${found.length}`);
    return (await transformWithOxc(found[0].code.trim(), 'readme.ts', { lang: 'ts', sourcemap: false })).code;
  };
  return {
    tensor: await find('.fill(initializers.heNormal()'),
    encode: await find('.encode(encoder'),
    model: await find('initModel('),
    layer: await find("from 'tensorseed/tfjs'"),
  };
}

/** A module that exports a program as a function, since not every target of a bundler has await outside of one. */
function functionOf(program: string, end: string): string {
  const lines = program.split('\n');
  const isImport = (line: string): boolean => /^import .* from ['"].*['"];?$/.test(line);
  return [
    "import { hexOf } from './hex.js';",
    ...lines.filter(isImport),
    'export async function run() {',
    ...lines.filter((line) => !isImport(line)),
    end,
    '}',
  ].join('\n');
}

const plainEnd = (end: string): string => end.replace('return ', 'globalThis.outcome = ');

const HEX = `
export async function hexOf(data) {
  const bytes = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : data;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
`;

// What each program of the README is asked when its lines are through. The names are those of its lines.

const TENSOR = 'return { sha256: await hexOf(await kernel.data()) };';

const ENCODE = `
  const copy = device.createBuffer({ size: 4 * 512 * 512, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const reading = device.createCommandEncoder();
  reading.copyBufferToBuffer(buffer, 256, copy, 0, copy.size);
  device.queue.submit([reading.finish()]);
  await copy.mapAsync(GPUMapMode.READ);
  const sha256 = await hexOf(copy.getMappedRange());
  device.destroy();
  return { sha256 };
`;

const MODEL = "return { sha256: await hexOf(await model.tensors.get('dense/kernel').data()) };";

const LAYER = `
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 64, inputShape: [8], kernelInitializer: heNormal({ seed: 42 }) })] });
  return { sha256: await hexOf(await model.getWeights()[0].data()) };
`;

/**
 * On a backend: words of the contract, and where it is asked for an orthogonal matrix, which has chunks of its own. On
 * the CPU also a tensor that is large enough for threads.
 */
const OWN = `
import { Sampler } from 'tensorseed';
import { hexOf } from './hex.js';

export async function run(backend, orthogonal) {
  const sampler = await Sampler.create(backend === 'cpu' ? { backend, threads: 2 } : { backend });
  const words = await (
    await sampler.fill('bits', [12], { seed: 42, name: 'encoder/layer_0/kernel', dtype: 'uint32' })
  ).data();
  const result = {
    backend: sampler.backend,
    words: Array.from(words, (word) => word.toString(16).padStart(8, '0')).join(' '),
  };
  if (orthogonal) {
    const q = await (await sampler.fill('orthogonal', [24, 16], { seed: 7 })).float32();
    const dot = (i, j) => Array.from({ length: 24 }, (_, k) => q[16 * k + i] * q[16 * k + j]).reduce((a, b) => a + b);
    const errors = Array.from({ length: 256 }, (_, at) => [at >> 4, at & 15]).map(([i, j]) =>
      Math.abs(dot(i, j) - (i === j ? 1 : 0)),
    );
    result.orthogonal = Math.max(...errors) < 1e-5;
  }
  if (backend === 'cpu') {
    const large = await sampler.fill('random_normal', [2 ** 20 + 3], { seed: 42, name: 'large', dtype: 'float16' });
    result.large = await hexOf(await large.data());
  }
  result.description = sampler.description; // with the threads that have started
  sampler.destroy();
  return result;
}
`;

/** SwiftShader takes long to compile what an orthogonal matrix needs. Node has one on a faster driver. */
const MAIN = `
import { run as tensor } from '../src/tensor.js';
import { run as encode } from '../src/encode.js';
import { run as model } from '../src/model.js';
import { run as own } from '../src/own.js';

globalThis.outcome = (async () => ({
  tensor: await tensor(),
  encode: await encode(),
  model: await model(),
  gpu: await own('gpu'),
  cpu: await own('cpu', true),
}))();
`;

const TFJS = `
import { run } from '../src/layer.js';

globalThis.outcome = run();
`;

const WORKER_MAIN = `
const worker = new Worker(new URL('./w.js', import.meta.url), { type: 'module' });
globalThis.outcome = new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => (data.failure === undefined ? resolve(data) : reject(new Error(data.failure)));
  worker.onerror = ({ message }) => reject(new Error('the worker does not start: ' + message));
});
`;

const WORKER = `
import { run as own } from '../src/own.js';

(async () => ({ gpu: await own('gpu'), cpu: await own('cpu', true) }))().then(postMessage, (error) =>
  postMessage({ failure: String(error) }),
);
`;

const SERVICE_WORKER = `
import { run as own } from '../src/own.js';

addEventListener('message', (event) =>
  event.waitUntil(
    (async () => ({ gpu: await own('gpu'), cpu: await own('cpu', true) }))().then(
      (result) => event.source.postMessage(result),
      (error) => event.source.postMessage({ failure: String(error) }),
    ),
  ),
);
`;

/** Starts `main.js` as a service worker and asks it. */
export const ASK_SERVICE_WORKER = `
const { serviceWorker } = navigator;
void serviceWorker.register('./main.js');
globalThis.outcome = serviceWorker.ready.then(({ active }) => new Promise((resolve) => {
  serviceWorker.onmessage = ({ data }) => resolve(data);
  active.postMessage('');
}));
`;

/** `--gpu` asks for a GPU, too. */
const NODE = `
import { run as tensor } from '../src/tensor.js';
import { run as model } from '../src/model.js';
import { run as own } from '../src/own.js';

const threads = { started: 0 };
globalThis.process?.on('worker', () => threads.started++);
(async () => ({
  tensor: await tensor(),
  model: await model(),
  cpu: await own('cpu', true),
  threads: threads.started,
  ...(globalThis.process.argv.includes('--gpu') ? { gpu: await own('gpu', true) } : {}),
}))().then(
  (result) => console.log(JSON.stringify(result)),
  (error) => {
    console.error(error);
    globalThis.process.exitCode = 1;
  },
);
`;
