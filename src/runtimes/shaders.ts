import * as library from 'virtual:shader-library';
import { QR_SHADERS, type QrKernel } from '../backends/gpu/orthogonal/qr';
import { type Kernel, SHADERS } from '../backends/gpu/pipelines/shaders';

export type { Kernel, QrKernel };

/**
 * Plain WGSL to put before a kernel of one's own: `tensorseed_bits_at(key, element)`, `_uniform_at`,
 * `_normal_at`, `_bernoulli_at`, and `_bits_block(key, block)` and so on for four elements at once. Pure
 * functions without bindings, whose names all begin with `tensorseed_`.
 */
export const functions: string = library.functions;

/**
 * The same functions as modules for a WESL linker: `link({ libs: [weslBundle], … })`, then
 * `import tensorseed::shaders::functions::normal_at;`.
 */
export const weslBundle: WeslBundle = { name: 'tensorseed', edition: '2026_pre', modules: library.modules };

/** https://wesl-lang.dev/docs/Publishing-Packages */
export interface WeslBundle {
  name: string;
  edition: string;
  modules: Record<string, string>;
}

/**
 * The kernels behind `Sampler`, linked to plain WGSL: `body` writes whole groups of 16 bytes, `edge` one ragged
 * group. Bindings, parameters and overrides: docs/shaders.md.
 */
export const kernels: Readonly<Record<Kernel, Readonly<Record<'body' | 'edge', string>>>> = SHADERS;

/** The kernels of the QR factorization behind Orthogonal. */
export const qrKernels: Readonly<Record<QrKernel, string>> = QR_SHADERS;
