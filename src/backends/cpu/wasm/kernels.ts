import { DeviceError } from '../../../core/errors';
import { unpackWasm } from '../../../core/packed_wasm';
import { Engine } from './engine';

/** The compiled kernels, which are sent to threads, and an engine for the calling thread. */
export interface Compiled {
  readonly module: WebAssembly.Module;
  readonly engine: Engine;
}

/** Why there are no kernels here. */
export interface Missing {
  readonly missing: string;
}

/** What was compiled, by the URL of the module; '' stands for the one in the bundle. */
const compiled = new Map<string, Promise<Compiled | Missing>>();

/**
 * Compiles the kernels of ./assembly, once.
 * @param url of the module, which the package exports as tensorseed/assets/kernels.wasm. Default: a copy in the bundle
 * @throws DeviceError where the URL does not give that module
 */
export function compileKernels(url = ''): Promise<Compiled | Missing> {
  let kernels = compiled.get(url);
  if (kernels === undefined) {
    kernels = compile(url);
    compiled.set(url, kernels);
    kernels.catch(() => compiled.delete(url)); // A network may be back at the next try.
  }
  return kernels;
}

async function compile(url: string): Promise<Compiled | Missing> {
  if (url === '' && typeof DecompressionStream === 'undefined')
    return { missing: 'DecompressionStream is missing' };
  const bytes = url === '' ? await bundled() : await fetched(url);
  try {
    const module = await WebAssembly.compile(bytes);
    return { module, engine: await Engine.open(module) };
  } catch (error) {
    const message = (error as Error).message;
    if (url !== '' && !WebAssembly.validate(bytes))
      throw new DeviceError(`wasmUrl must be that of tensorseed/assets/kernels.wasm, got ${url}: ${message}`);
    return { missing: whyNot(message) };
  }
}

async function bundled(): Promise<BufferSource> {
  const { default: packed } = await import('./assembly/index.ts?wasm');
  return unpackWasm(packed);
}

async function fetched(url: string): Promise<BufferSource> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await response.arrayBuffer();
  } catch (error) {
    throw new DeviceError(`wasmUrl ${url} cannot be fetched: ${(error as Error).message}`);
  }
}

/** Engines name the policy in the error of a page that forbids to compile. */
function whyNot(message: string): string {
  return /content security policy|unsafe-eval|\bCSP\b/i.test(message)
    ? "the page's policy forbids WebAssembly"
    : 'WebAssembly with SIMD is missing';
}
