import { DeviceError } from '../../../core/errors';
import type { AdapterInfo } from './adapter_kind';
import { type Agent, programOf } from './user_agent';

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

/** The limits that are raised to what the adapter has, so that large tensors need few bindings. */
const RAISED = ['maxBufferSize', 'maxStorageBufferBindingSize', 'maxComputeWorkgroupsPerDimension'] as const;

/**
 * Finds WebGPU: that of the browser, or in Node the optional package `webgpu` (Dawn); undefined without one.
 */
export async function findGpu(): Promise<GPU | undefined> {
  const own = (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
  if (own !== undefined) return own;
  const node = (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node;
  if (node === undefined) return undefined;
  return findDawn();
}

let dawn: Promise<GPU | undefined> | undefined;

function findDawn(): Promise<GPU | undefined> {
  dawn ??= (async () => {
    const name = 'webgpu'; // It is no literal in the import, so that bundlers leave an optional package alone.
    try {
      const { create } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as {
        create(flags: string[]): GPU;
      };
      return create([]);
    } catch (error) {
      if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return undefined;
      throw new DeviceError(`the webgpu package does not load: ${(error as Error).message}`);
    }
  })();
  return dawn;
}

async function requestAdapter(gpu: GPU | undefined): Promise<GPUAdapter | null> {
  return (await gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? null;
}

/**
 * Opens a device of our own that allows the adapter's largest buffers.
 * @param accepts whether the adapter is wanted
 * @throws DeviceError where there is no WebGPU, no adapter that is wanted, or the adapter gives no device
 */
export async function openDevice(accepts: (info: GPUAdapterInfo) => boolean): Promise<GPUDevice> {
  const gpu = await findGpu();
  if (gpu === undefined) {
    throw new DeviceError('no WebGPU here: use a browser that has it, or in Node install the package webgpu');
  }
  const adapter = await requestAdapter(gpu);
  if (adapter === null)
    throw new DeviceError('WebGPU offers no adapter: there is no GPU, or no driver for it');
  if (!accepts(adapter.info))
    throw new DeviceError(`the adapter ${describe(adapter.info)} is slower than the CPU`);
  const requiredLimits = Object.fromEntries(RAISED.map((name) => [name, adapter.limits[name]]));
  try {
    return await adapter.requestDevice({ label: 'tensorseed', requiredLimits });
  } catch (error) {
    throw new DeviceError(
      `the adapter ${describe(adapter.info)} gives no device: ${(error as Error).message}`,
    );
  }
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
  const adapter = await requestAdapter(await findGpu());
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

/**
 * An adapter in one line: its name, or what is known of one that has none, as in Firefox. `info` is undefined in
 * implementations from before a device had it.
 */
export function describe(
  info: Partial<AdapterInfo> | undefined,
  agent: Agent = (globalThis as { navigator?: Agent }).navigator ?? {},
): string {
  const { vendor, architecture, device, description, isFallbackAdapter } = info ?? {};
  const family = [vendor, architecture].filter(isName).join(' ');
  const parts = [isName(device) ? device : family, description].filter(isName);
  if (parts.length > 0) return parts.join(', ');
  const kind =
    isFallbackAdapter === undefined ? 'an adapter' : isFallbackAdapter ? 'a fallback adapter' : 'a GPU';
  const program = programOf(agent);
  return program === '' ? `${kind} without a name` : `${kind} that ${program} does not name`;
}

/** Some implementations give the numbers of PCI in place of names. */
function isName(part: string | undefined): boolean {
  return part !== undefined && !/^(0x[\da-f]*|\d*)$/i.test(part);
}

function isFallback(adapter: GPUAdapter): boolean {
  return (adapter.info as { isFallbackAdapter?: boolean }).isFallbackAdapter === true;
}
