import { findVulkanDrivers } from '../../../tools/find.mjs';
import { oneLine } from '../../../src/cli/faults';
import type { HostDescription } from '../row';
import { type NodeHost, openNodeHost } from './node';

/** What is measured where there is no GPU, or on demand. */
export const CPU_ALONE: NodeHost = { name: 'cpu', env: {}, gpu: false };

/** VK_ICD_FILENAMES is what loaders before 1.3.207 read. */
const DRIVER_VARIABLES = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES'];

/**
 * What Node can measure here: the machine's own GPU; where it has none, each software driver; and
 * where there is none of those either, the CPU alone. A
 * driver that the environment names is the user's choice.
 * @param script the built bench/throughput/child.ts
 */
export async function findNodeHosts(script: URL, say: (line: string) => void): Promise<NodeHost[]> {
  const own: NodeHost = { name: 'dawn', env: {}, gpu: true };
  if (DRIVER_VARIABLES.some((name) => process.env[name] !== undefined)) return [own];
  const setting = await probe(script, own);
  if (setting instanceof Error) say(`no GPU in Node: ${oneLine(setting)}`);
  else if (setting.adapter !== null && !setting.software) return [own];
  const { reasons, ...paths } = findVulkanDrivers();
  const hosts: NodeHost[] = [];
  for (const driver of ['lavapipe', 'swiftshader'] as const) {
    const path = paths[driver];
    const host = {
      ...own,
      name: `dawn-${driver}`,
      env: Object.fromEntries(DRIVER_VARIABLES.map((variable) => [variable, path ?? ''])),
    };
    const reason = path === undefined ? reasons[driver] : await missing(script, host);
    if (reason === undefined) hosts.push(host);
    else say(`${host.name} left out: ${reason}`);
  }
  if (hosts.length > 0) return hosts;
  return setting instanceof Error || setting.adapter === null ? [CPU_ALONE] : [own];
}

/** Why a driver gives no adapter. */
async function missing(script: URL, host: NodeHost): Promise<string | undefined> {
  const setting = await probe(script, host);
  if (setting instanceof Error) return oneLine(setting);
  return setting.adapter === null
    ? 'the package webgpu is not installed, or takes no adapter from it'
    : undefined;
}

async function probe(script: URL, host: NodeHost): Promise<HostDescription | Error> {
  try {
    const { setting, close } = await openNodeHost(host, script);
    await close();
    return setting;
  } catch (error) {
    return error as Error;
  }
}
