import { isSoftware } from '../../src/backends/gpu/device/adapter_kind';
import { describe, findGpu } from '../../src/backends/gpu/device/device';
import type { Setting } from './row';

/** Limits that large tensors need, raised as the library raises those of its own device. */
const RAISED = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupStorageSize', // tf.js asks for these
] as const;
const FEATURES: readonly GPUFeatureName[] = ['timestamp-query', 'subgroups', 'shader-f16'];

export interface Opened {
  readonly device: GPUDevice | undefined;
  readonly gpu: GPU | undefined;
  readonly about: Pick<Setting, 'adapter' | 'driver' | 'software' | 'features'>;
}

export const NO_DEVICE: Opened = {
  device: undefined,
  gpu: undefined,
  about: { adapter: null, driver: null, software: true, features: [] },
};

/** A device for everything that runs on one, tf.js included; none where there is no WebGPU or no adapter. */
export async function openBenchDevice(): Promise<Opened> {
  const gpu = await findGpu();
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return { ...NO_DEVICE, gpu };
  const features = FEATURES.filter((name) => adapter.features.has(name));
  const device = await adapter.requestDevice({
    label: 'bench',
    requiredFeatures: features,
    requiredLimits: Object.fromEntries(RAISED.map((name) => [name, adapter.limits[name]])),
  });
  const { vendor, architecture, device: model, description } = adapter.info;
  const software = isSoftware(adapter.info);
  const name = [vendor, architecture, model].filter((part) => part !== '').join(' ');
  return {
    gpu,
    device,
    about: { adapter: name || describe(adapter.info), driver: description || null, software, features },
  };
}
