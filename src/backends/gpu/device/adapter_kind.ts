import { ArgumentError, reading, show } from '../../../core/errors';

/** The names of Vulkan and Direct3D drivers that compute on the CPU, as their adapters give them. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render driver|\bwarp\b/i;

const SWIFTSHADER = /swiftshader/i;

/**
 * What an adapter says about itself, like WebGPU's `GPUAdapterInfo`.
 *
 * @example
 * ```ts
 * import { type AdapterInfo, isSoftwareAdapter } from 'tensorseed';
 *
 * const info: AdapterInfo = { vendor: 'nvidia', architecture: 'ampere', device: '', description: '' };
 * console.log(isSoftwareAdapter(info)); // false
 * ```
 */
export interface AdapterInfo {
  /** The vendor, such as 'nvidia', or ''. */
  readonly vendor: string;
  /** The family of GPUs, such as 'ampere', or ''. */
  readonly architecture: string;
  /** The vendor's name of the device, or ''. */
  readonly device: string;
  /** The name of the device and its driver in words, or ''. */
  readonly description: string;
  /** Whether WebGPU offers it only because there is no other. */
  readonly isFallbackAdapter?: boolean;
}

/**
 * Returns whether an adapter is a program that emulates a GPU on the CPU. It is false where the adapter does
 * not say what it is.
 * @throws ArgumentError where `info` is no object
 *
 * @example
 * ```ts
 * import { isSoftwareAdapter, listAdapters } from 'tensorseed';
 *
 * const adapters = await listAdapters();
 * const gpus = adapters.filter(({ info }) => !isSoftwareAdapter(info));
 * console.log(gpus.length <= adapters.length); // true
 * ```
 */
export function isSoftware(info: AdapterInfo | undefined): boolean {
  if (info === undefined) return false;
  if (typeof info !== 'object' || info === null)
    throw new ArgumentError(`info must be what an adapter says about itself, got ${show(info)}`);
  return reading('info', () => info.isFallbackAdapter === true || SOFTWARE.test(nameOf(info)));
}

/**
 * Whether an adapter is SwiftShader, whose shifts are slow; see FLOAT_SHIFTS in shaders/shared/shift.wgsl.
 */
export function isSwiftShader(info: AdapterInfo | undefined): boolean {
  return info !== undefined && SWIFTSHADER.test(nameOf(info));
}

/** Whether an adapter is a GPU of Apple's; see FLOAT_ROUNDING in shaders/shared/affine.wgsl. */
export function isAppleGpu(info: AdapterInfo | undefined): boolean {
  return info !== undefined && /apple/i.test(nameOf(info));
}

function nameOf(info: AdapterInfo): string {
  return [info.vendor, info.architecture, info.device, info.description].join(' ');
}
