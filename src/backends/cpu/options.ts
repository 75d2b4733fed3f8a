/**
 * What the CPU backend computes with: 'fast', which is WebAssembly SIMD over threads, or 'reference', which
 * is readable TypeScript. Both give the same bits. Where WebAssembly SIMD is missing, 'fast' is the
 * reference.
 *
 * @example
 * ```ts
 * import { type CpuPath, Sampler } from 'tensorseed';
 *
 * const cpu: CpuPath = 'reference';
 * const sampler = await Sampler.create({ backend: 'cpu', cpu });
 * const tensor = await sampler.fill('ones', [2]);
 * console.log(await tensor.data()); // Float32Array(2) [ 1, 1 ]
 * sampler.destroy();
 * ```
 */
export type CpuPath = 'fast' | 'reference';

/** Every path. */
export const CPU_PATHS: readonly CpuPath[] = ['fast', 'reference'];

/** What the CPU backend is opened with. */
export interface CpuOptions extends FastOptions {
  readonly path: CpuPath;
}

/** What the fast path is opened with. */
export interface FastOptions {
  /** The number of threads to use at most, the caller's included. Default: that of the processors, at most 8. */
  readonly threads: number | undefined;
  /** The URL of the WebAssembly module. Default: a copy in the bundle. */
  readonly wasmUrl: string | undefined;
  /** The URL of the script of threads in browsers. Default: a copy in the bundle. */
  readonly workerUrl: string | undefined;
}
