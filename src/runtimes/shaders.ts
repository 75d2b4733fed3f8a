/**
 * The library's random functions and kernels as WGSL.
 *
 * @module
 */
import * as library from 'virtual:shader-library';
import { QR_SHADERS, type QrKernel } from '../backends/gpu/orthogonal/shaders';
import { HALF_SHADERS } from '../backends/gpu/pipelines/halves';
import { SAMPLING_SHADERS } from '../backends/gpu/pipelines/sampling';
import { type Kernel, SHADERS } from '../backends/gpu/pipelines/shaders';

export type { Kernel, QrKernel };

/**
 * Plain WGSL to put before a kernel of one's own: `tensorseed_bits_at(key, element)`,
 * `tensorseed_uniform_at`, `tensorseed_normal_at`, `tensorseed_bernoulli_at`, and functions such as
 * `tensorseed_bits_block(key, block)` for four elements at once. They are pure and have no bindings, and all
 * names begin with `tensorseed_`.
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 * import { functions } from 'tensorseed/shaders';
 *
 * const code = `${functions}
 * fn noise(i: u32) -> f32 {
 *   return 0.1 * tensorseed_normal_at(vec2<u32>(42u, 0u), vec2<u32>(i, 0u));
 * }`;
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const module = sampler.device!.createShaderModule({ code });
 * console.log((await module.getCompilationInfo()).messages.length); // 0
 * sampler.destroy();
 * ```
 */
export const functions: string = library.functions;

/**
 * The same functions as modules for a WESL linker: `link({ libs: [weslBundle], … })`, then
 * `import tensorseed::shaders::functions::normal_at;`.
 *
 * @example
 * ```ts
 * import { weslBundle } from 'tensorseed/shaders';
 *
 * console.log(weslBundle.modules['shaders/functions.wgsl'].includes('fn normal_at')); // true
 * ```
 */
export const weslBundle: WeslBundle = { name: 'tensorseed', edition: '2026_pre', modules: library.modules };

/**
 * Modules as WESL's linkers take them.
 * @see https://wesl-lang.dev/docs/Publishing-Packages
 *
 * @example
 * ```ts
 * import { type WeslBundle, weslBundle } from 'tensorseed/shaders';
 *
 * const libs: WeslBundle[] = [weslBundle];
 * console.log(libs.map(({ name }) => name).join()); // tensorseed
 * ```
 */
export interface WeslBundle {
  /** The first part of the paths that imports name. */
  name: string;
  /** The edition of WESL that the modules are written in. */
  edition: string;
  /** The text of each module by its path, such as shaders/functions.wgsl. */
  modules: Record<string, string>;
}

/**
 * The kernels behind `Sampler`, linked to plain WGSL. `body` writes whole groups of 16 bytes, and `edge`
 * writes one ragged group. The page Shaders documents their bindings, parameters and overrides.
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 * import { kernels } from 'tensorseed/shaders';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const module = sampler.device!.createShaderModule({ code: kernels.normal.body });
 * console.log((await module.getCompilationInfo()).messages.length); // 0
 * sampler.destroy();
 * ```
 */
export const kernels: Readonly<Record<Kernel, Readonly<Record<'body' | 'edge', string>>>> = {
  ...SHADERS,
  ...HALF_SHADERS,
  ...SAMPLING_SHADERS,
};

/**
 * The kernels of the QR factorization behind Orthogonal, linked to plain WGSL.
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 * import { qrKernels } from 'tensorseed/shaders';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const module = sampler.device!.createShaderModule({ code: qrKernels.factor });
 * console.log((await module.getCompilationInfo()).messages.length); // 0
 * sampler.destroy();
 * ```
 */
export const qrKernels: Readonly<Record<QrKernel, string>> = QR_SHADERS;
