import { isSoftware } from './adapter_kind';

/**
 * The feature by which the WGSL of wgpu, which Deno has, knows integers of 64 bits. Deno gives it to devices that
 * ask for it, but does not list it among the features of adapters.
 */
const FEATURE = 'wgpu-shader-int64' as GPUFeatureName;

const STICKY = 'let p=u64(a)*u64(b);return vec2u(u32(p>>32u),select(0u,1u,u32(p)!=0u));';

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

/** The bodies of the functions that make wide products of halves, in products of 64 bits. */
const BODIES: Readonly<Record<string, string>> = {
  'mul_hi(a:u32,b:u32)->u32': 'return u32((u64(a)*u64(b))>>32u);',
  'times_m0(x:u32)->vec2u': 'let p=u64(x)*0xd2511f53lu;return vec2u(u32(p),u32(p>>32u));',
  'times_m1_complement(y:u32)->vec2u': 'let p=u64(~y)*0xcd9e8d57lu;return vec2u(u32(p),u32(p>>32u));',
  'mul_hi_sticky(a:u32,b:u32)->vec2u': STICKY,
  'mul_hi_sticky_31(a:u32,b:u32)->vec2u': STICKY,
};

/** Puts products of 64 bits in place of those of halves, in shaders/shared/mul.wgsl and philox.wgsl. */
export function withWideProducts(code: string): string {
  return code.replace(/fn (\w+\([^)]*\)->\w+)\{[^}]*\}/g, (text, head: string) =>
    Object.hasOwn(BODIES, head) ? `fn ${head}{${BODIES[head]}}` : text,
  );
}
