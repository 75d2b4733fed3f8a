import hex from './assembly/index.ts?wasm';
import { Engine } from './engine';

/** The compiled kernels, which are sent to threads, and an engine for the calling thread. */
export interface Compiled {
  readonly module: WebAssembly.Module;
  readonly engine: Engine;
}

let compiled: Promise<Compiled | undefined> | undefined;

/**
 * Compiles the kernels of ./assembly, once.
 * @returns undefined where WebAssembly or its SIMD is missing, or the policy of the page forbids it
 */
export function compileKernels(): Promise<Compiled | undefined> {
  compiled ??= (async () => {
    try {
      const bytes = Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16));
      const module = await WebAssembly.compile(bytes);
      return { module, engine: await Engine.open(module) };
    } catch {
      return undefined;
    }
  })();
  return compiled;
}
