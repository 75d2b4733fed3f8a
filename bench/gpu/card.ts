import { isSoftwareAdapter } from '../../src/index';
import { type ReportedAdapter } from '../../src/verify/machine/report';
import { Stopwatch } from '../../src/verify/stopwatch';
import { adapterOf } from '../../src/verify/machine/examine_machine';

/** The device that all is measured on. */
export interface Card {
  readonly device: GPUDevice;
  /** Undefined where the adapter has no timestamp queries. */
  readonly stopwatch: Stopwatch | undefined;
  /** The promise's result, or a rejection as soon as the device is lost. */
  wait<T>(promise: Promise<T>): Promise<T>;
  /** @throws where the device was lost, or reported an error since this was last asked */
  check(): void;
}

/** What is known of a card, as plain data. */
export interface CardDescription {
  readonly adapter: ReportedAdapter;
  /** In one line. */
  readonly description: string;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<(typeof RAISED)[number], number>>;
  /** Whether Dawn gives timestamps to the nanosecond, as far as the card does; false where there are none. */
  readonly timestamps: boolean;
  /** Other adapters that Dawn names here. */
  readonly others: readonly string[];
}

/** Limits that large tensors need. */
const RAISED = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupStorageSize',
] as const;

/** Dawn rounds timestamps to 2^16 ns unless it is told not to, which is longer than many fills take. */
const EXACT_TIMESTAMPS = 'disable-dawn-features=timestamp_quantization';

export type Create = (flags: string[]) => GPU;

/**
 * Takes a card for high performance, and no driver that computes on the CPU where there is a card.
 * @param create of the package webgpu
 * @param name of the adapter, or a part of it; by default Dawn chooses
 * @throws where there is no adapter of that name, or none at all
 */
export async function openCard(
  create: Create,
  name: string | undefined,
): Promise<{ readonly card: Card; readonly about: Omit<CardDescription, 'description'> }> {
  const named = namesOfAdapters(create);
  const names = await named;
  const found = await firstAdapter(create, name === undefined ? [undefined, ...names] : [name]);
  if (found === undefined) {
    const known = names.length > 0 ? `; it names ${names.join(', ')}` : '';
    throw new Error(name === undefined ? 'Dawn finds no adapter' : `Dawn finds no adapter ${name}${known}`);
  }
  const { adapter } = found;
  const timestamps = adapter.features.has('timestamp-query');
  const device = await adapter.requestDevice({
    label: 'bench',
    requiredFeatures: (['timestamp-query', 'shader-f16', 'subgroups'] as const).filter((feature) =>
      adapter.features.has(feature),
    ),
    requiredLimits: Object.fromEntries(RAISED.map((limit) => [limit, adapter.limits[limit]])),
  });
  const info = adapterOf(adapter.info);
  return {
    card: cardOn(device),
    about: {
      adapter: info,
      features: [...adapter.features].sort(),
      limits: Object.fromEntries(
        RAISED.map((limit) => [limit, adapter.limits[limit]]),
      ) as CardDescription['limits'],
      timestamps,
      others: names,
    },
  };
}

/** The first adapter that computes on no CPU, or else the first of all. */
async function firstAdapter(
  create: Create,
  names: readonly (string | undefined)[],
): Promise<{ readonly adapter: GPUAdapter } | undefined> {
  let software: { readonly adapter: GPUAdapter } | undefined;
  for (const name of names) {
    const adapter = await requestAdapter(create, name);
    if (adapter === undefined) continue;
    if (!isSoftwareAdapter(adapter.info)) return { adapter };
    software ??= { adapter };
  }
  return software;
}

/** Whatever GPU was created must stay alive, as its adapters do not hold it. */
const kept: GPU[] = [];

async function requestAdapter(create: Create, name: string | undefined): Promise<GPUAdapter | undefined> {
  try {
    const gpu = create([EXACT_TIMESTAMPS, ...(name === undefined ? [] : [`adapter=${name}`])]);
    kept.push(gpu);
    return (await gpu.requestAdapter({ powerPreference: 'high-performance' })) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The names of all adapters, which Dawn lists where it is asked for one that is not there. */
async function namesOfAdapters(create: Create): Promise<string[]> {
  try {
    const gpu = create(['adapter=an adapter that nobody has']);
    kept.push(gpu);
    await gpu.requestAdapter();
    return [];
  } catch (error) {
    return namesIn((error as Error).message);
  }
}

/** @param message Dawn's, with lines such as ` * backend: 'vulkan', name: 'NVIDIA H200'` */
export function namesIn(message: string): string[] {
  const names = [...message.matchAll(/backend: '[^']*', name: '([^'\n]*)'/g)].map(([, name]) => name);
  return [...new Set(names)];
}

/** Watches a device. */
export function cardOn(device: GPUDevice): Card {
  let fault: Error | undefined;
  const lost = device.lost.then(({ reason, message }) => {
    fault = new Error(`the GPU device was lost (${reason}): ${message || 'no further reason given'}`);
    throw fault;
  });
  lost.catch(() => undefined); // Whoever waits hears of it.
  device.addEventListener('uncapturederror', (event) => {
    fault ??= new Error((event as GPUUncapturedErrorEvent).error.message);
  });
  return {
    device,
    stopwatch: Stopwatch.on(device),
    wait: (promise) => Promise.race([promise, lost]),
    check() {
      const found = fault;
      fault = undefined;
      if (found !== undefined) throw found;
    },
  };
}
