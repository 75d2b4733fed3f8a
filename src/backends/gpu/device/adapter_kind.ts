/** Vulkan and Direct3D drivers that compute on the CPU, as their adapters name themselves. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render driver|\bwarp\b/i;

const SWIFTSHADER = /swiftshader/i;

/** What an adapter says of itself. */
type Described = Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'>;

/** Whether an adapter computes on the CPU. It is taken for a GPU where it does not say what it is. */
export function isSoftware(info: Described | undefined): boolean {
  return (
    info !== undefined &&
    ((info as { isFallbackAdapter?: boolean }).isFallbackAdapter === true || SOFTWARE.test(nameOf(info)))
  );
}

/** Whether an adapter is SwiftShader, on which shifts are slow: FLOAT_SHIFTS in shaders/shared/shift.wgsl. */
export function isSwiftShader(info: Described | undefined): boolean {
  return info !== undefined && SWIFTSHADER.test(nameOf(info));
}

function nameOf(info: Described): string {
  return [info.vendor, info.architecture, info.device, info.description].join(' ');
}
