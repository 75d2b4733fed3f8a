import { createRequire } from 'node:module';
import { arch, platform, release } from 'node:os';
import type { Subject } from '../../verify/machine/report';

/**
 * The runtime that this is.
 * @param script the URL of the command line, from where packages are looked for
 * @param withGpu whether its WebGPU is named, too, where that is a package
 */
export function runtimeHere(script: string, withGpu: boolean): Subject['runtime'] {
  const { deno, bun, node } = process.versions as Partial<Record<string, string>>;
  if (deno !== undefined) return { name: 'Deno', version: deno };
  const version = withGpu ? versionOfWebgpu(script) : undefined;
  return {
    ...(bun !== undefined ? { name: 'Bun', version: bun } : { name: 'Node', version: node ?? '' }),
    ...(version !== undefined && { webgpu: `webgpu ${version}` }),
  };
}

/** The version of the package webgpu; undefined where it is not installed. */
function versionOfWebgpu(script: string): string | undefined {
  try {
    return (createRequire(script)('webgpu/package.json') as { version?: string }).version;
  } catch {
    return undefined;
  }
}

/** The system and its processor. Only the numbers of a kernel's release are named, since the rest may be anything. */
export function platformHere(): Subject['platform'] {
  const number = /^\d+(\.\d+)*/.exec(release())?.[0];
  return { system: number === undefined ? platform() : `${platform()} ${number}`, architecture: arch() };
}
