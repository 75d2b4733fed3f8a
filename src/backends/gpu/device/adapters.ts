import { host } from '../../../core/current_host';
import type { AdapterInfo } from './adapter_kind';
import { requestAdapter } from './request_adapter';

/**
 * An adapter, its limits and its features, as `tensorseed devices` shows them.
 *
 * @example
 * ```ts
 * import { type AdapterDescription, listAdapters } from 'tensorseed';
 *
 * const adapters: AdapterDescription[] = await listAdapters();
 * const largest = adapters.map(({ limits }) => limits.maxBufferSize); // in bytes
 * console.log(largest.length === adapters.length); // true
 * ```
 */
export interface AdapterDescription {
  /** What the adapter says about itself. */
  readonly info: Required<AdapterInfo>;
  /** The limits by their names in WebGPU's `GPUSupportedLimits`. */
  readonly limits: Readonly<Record<string, number>>;
  /** The names of the optional features in WebGPU, such as 'shader-f16', in alphabetical order. */
  readonly features: readonly string[];
}

/**
 * Returns the adapters that WebGPU offers here, or an empty array where there are none. WebGPU shows one
 * adapter at most: the one that it gives for high performance.
 * @throws DeviceError (as a rejection) where the optional package `webgpu` is installed but does not load
 *
 * @example
 * ```ts
 * import { listAdapters } from 'tensorseed';
 *
 * for (const { info, features } of await listAdapters()) {
 *   console.log(`${info.vendor} ${info.description}: ${features.length} features`);
 * }
 * ```
 */
export async function listAdapters(): Promise<AdapterDescription[]> {
  const adapter = await requestAdapter(await host().findGpu());
  if (adapter === null) return [];
  const { vendor, architecture, device, description } = adapter.info;
  const limits: Record<string, number> = {};
  // The limits are accessors of the prototype, which object spread does not copy.
  for (const name in adapter.limits) {
    const value: unknown = adapter.limits[name as keyof GPUSupportedLimits];
    if (typeof value === 'number') limits[name] = value;
  }
  return [
    {
      info: { vendor, architecture, device, description, isFallbackAdapter: isFallback(adapter) },
      limits,
      features: [...adapter.features].sort(),
    },
  ];
}

function isFallback(adapter: GPUAdapter): boolean {
  return (adapter.info as { isFallbackAdapter?: boolean }).isFallbackAdapter === true;
}
