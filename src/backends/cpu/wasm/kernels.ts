import base64 from './assembly/index.ts?wasm';
import { Engine } from './engine';

/** The compiled kernels, for threads, and an engine for this one. */
export interface Compiled {
  readonly module: WebAssembly.Module;
  readonly engine: Engine;
}

let compiled: Promise<Compiled | undefined> | undefined;

/**
 * Compiles the kernels of ./assembly, once.
 * @returns undefined where there is no WebAssembly, no SIMD in it, or a page's policy forbids it
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
