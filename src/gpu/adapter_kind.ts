import type { Computer } from '../cpu/computer';
import { REFERENCE } from '../cpu/reference';

/** Vulkan and Direct3D drivers that compute on the CPU, as their adapters name themselves. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render driver|\bwarp\b/i;

/** Slower than the CPU reference, too, which lavapipe is not. */
const SLOW_SOFTWARE = /swiftshader/i;

/**
 * Whether `backend: 'auto'` takes an adapter rather than the CPU. A GPU it always takes. A driver that
 * computes on the CPU takes 1.5 to 8 times as long there as the fast CPU path (bench/NOTES.md).
 */
export function isFasterThan(computer: Computer, info: GPUAdapterInfo): boolean {
  const name = [info.vendor, info.architecture, info.device, info.description].join(' ');
  const isSoftware = (info as { isFallbackAdapter?: boolean }).isFallbackAdapter === true || SOFTWARE.test(name);
  return !isSoftware || (computer === REFERENCE && !SLOW_SOFTWARE.test(name));
}
