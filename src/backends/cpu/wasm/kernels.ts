import base64 from './assembly/index.ts?wasm';
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
      const module = await WebAssembly.compile(
        Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
      );
      return { module, engine: await Engine.open(module) };
    } catch {
      return undefined;
    }
  })();
  return compiled;
}
