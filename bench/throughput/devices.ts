import { isSoftwareAdapter } from '../../src/index';
import type { HostDescription } from './row';

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

export interface BenchDevice {
  readonly device: GPUDevice | undefined;
  readonly about: Pick<HostDescription, 'adapter' | 'driver' | 'software' | 'features'>;
}

const NO_DEVICE: BenchDevice = {
  device: undefined,
  about: { adapter: null, driver: null, software: true, features: [] },
};

/**
 * A device for everything that runs on one, tf.js included; none where there is no WebGPU or no adapter.
 * @param gpu the browser's, or that of the package webgpu
 */
export async function openBenchDevice(gpu: GPU | undefined): Promise<BenchDevice> {
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return NO_DEVICE;
  const features = FEATURES.filter((name) => adapter.features.has(name));
  const device = await adapter.requestDevice({
    label: 'bench',
    requiredFeatures: features,
    requiredLimits: Object.fromEntries(RAISED.map((name) => [name, adapter.limits[name]])),
  });
  const { vendor, architecture, device: model, description } = adapter.info;
  const software = isSoftwareAdapter(adapter.info);
  const name = [vendor, architecture, model].filter((part) => part !== '').join(' ');
  return {
    device,
    about: {
      adapter: name || description || 'unnamed adapter',
      driver: description || null,
      software,
      features,
    },
  };
}
