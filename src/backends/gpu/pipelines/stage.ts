import { type AdapterInfo, isAppleGpu, isSoftware, isSwiftShader } from '../device/adapter_kind';
import { codeFor } from '../device/wide_products';
import { specialized } from './specialized';

/**
 * The compute stage of a kernel on a device.
 * @param code the linked WGSL
 * @param constants the values of overrides that do not follow from the device
 */
export function computeStage(
  device: GPUDevice,
  label: string,
  code: string,
  constants: Readonly<Record<string, number>> = {},
): GPUProgrammableStage {
  // Not every implementation has a device's adapterInfo.
  const info = device.adapterInfo as GPUAdapterInfo | undefined;
  const all = { ...constants, ...overridesOf(code, info) };
  return {
    module: device.createShaderModule({ label, code: codeFor(device, specialized(code, all)) }),
    entryPoint: entryPointOf(code, !isSoftware(info)),
    constants: all,
  };
}

/** The values of a kernel's overrides that follow from the device. */
export function overridesOf(code: string, info: AdapterInfo | undefined): Record<string, number> {
  const swiftShader = isSwiftShader(info);
  const all = {
    FLOAT_SHIFTS: Number(swiftShader),
    FLOAT_ROUNDING: Number(swiftShader || isAppleGpu(info)),
  };
  // WebGPU refuses constants that a module does not declare.
  const declared = Object.entries(all).filter(([name]) => code.includes(`override ${name}:`));
  return Object.fromEntries(declared);
}

/**
 * The entry point of a kernel.
 * @param compacts whether rejected elements go through a queue, where the kernel has one; see
 *   shaders/entry/rejection.wgsl
 */
export function entryPointOf(code: string, compacts: boolean): string {
  return compacts && code.includes('fn main_compacted(') ? 'main_compacted' : 'main';
}
