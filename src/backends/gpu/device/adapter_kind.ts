import type { Computer } from '../../cpu/computer';
import { REFERENCE } from '../../cpu/reference/reference';

/** Vulkan and Direct3D drivers that compute on the CPU, as their adapters name themselves. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render driver|\bwarp\b/i;

const SWIFTSHADER = /swiftshader/i;

/** What an adapter says of itself. */
type Described = Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'>;

/** Whether an adapter is a program on the CPU; not where it does not say what it is. */
export function isSoftware(info: Described | undefined): boolean {
  return (
    info !== undefined &&
    ((info as { isFallbackAdapter?: boolean }).isFallbackAdapter === true || SOFTWARE.test(nameOf(info)))
  );
}

/** FLOAT_SHIFTS in shaders/shared/shift.wgsl: whether shifts are slow. */
export function isSwiftShader(info: Described | undefined): boolean {
  return info !== undefined && SWIFTSHADER.test(nameOf(info));
}

function nameOf(info: Described): string {
  return [info.vendor, info.architecture, info.device, info.description].join(' ');
}

/**
 * Whether `backend: 'auto'` takes an adapter rather than the CPU. A GPU it always takes. A driver that
 * computes on the CPU takes 1.5 to 12 times as long there as the fast CPU path (docs/performance.md), less than the reference.
 */
export function isFasterThan(computer: Computer, info: GPUAdapterInfo): boolean {
  return !isSoftware(info) || computer === REFERENCE;
}
