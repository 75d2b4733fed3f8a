import { isSoftware } from './adapter_kind';

/**
 * The feature by which the WGSL of wgpu, which Deno has, knows integers of 64 bits. Deno gives it to devices that
 * ask for it, but does not list it among the features of adapters.
 */
const FEATURE = 'wgpu-shader-int64' as GPUFeatureName;

/** The features to ask of an adapter beyond those that it lists. It may refuse them. */
export function unlistedFeatures(info: GPUAdapterInfo): GPUFeatureName[] {
  return 'Deno' in globalThis && !isSoftware(info) ? [FEATURE] : [];
}

/** The WGSL of a kernel as a device takes it: with products of 64 bits where it has them. */
export function codeFor(device: GPUDevice, code: string): string {
  // Drivers on the CPU are faster without. Not every implementation has a device's adapterInfo.
  return !device.features.has(FEATURE) || isSoftware(device.adapterInfo as GPUAdapterInfo | undefined)
    ? code
    : withWideProducts(code);
}

/** Puts products of 64 bits in place of those that shaders/shared/mul.wgsl makes of halves. */
export function withWideProducts(code: string): string {
  return code.replace(
    /(fn mul_hi(?:_light)?\(a:u32,b:u32\)->u32\{)[^}]*/g,
    '$1return u32((u64(a)*u64(b))>>32u);',
  );
}
