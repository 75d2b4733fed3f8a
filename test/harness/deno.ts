import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';
import { findDeno } from '../../tools/find.mjs';
import type { ComputeRequest } from './compute';
import { packRequest } from './request';
import type { Runner } from './runner';

/** What deno-main.ts is asked, a line of JSON. */
export type DenoRequest =
  | { fill: string }
  | { fillWide: string; label: string }
  | { sha256: string }
  | { compute: ComputeRequest };

/** What it answers: base64 of the bytes, or the checksum. */
export type DenoAnswer = { value: string } | { error: string };

/** No permissions; nothing but the script is read, and nothing comes from the network. */
const FLAGS = ['run', '--quiet', '--no-prompt', '--no-config', '--no-lock', '--no-npm', '--no-remote'];

/** The library's sources in Deno, whose WebGPU compiles with naga, on the driver that VK_DRIVER_FILES names. */
export async function openDenoRunner(name: string): Promise<Runner> {
  const ask = await startDeno(name);
  return {
    name,
    fill: async (request) => new Uint8Array(fromBase64(await ask({ fill: packRequest(request) }))),
    fillWide: async (request, label) =>
      new Uint8Array(fromBase64(await ask({ fillWide: packRequest(request), label }))),
    sha256: (request) => ask({ sha256: packRequest(request) }),
    compute: async (request) => new Uint32Array(fromBase64(await ask({ compute: request }))),
  };
}

function fromBase64(text: string): ArrayBuffer {
  const bytes = Buffer.from(text, 'base64');
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

/** Starts Deno, which ends when this process does, and returns what asks it: one request at a time. */
async function startDeno(name: string): Promise<(request: DenoRequest) => Promise<string>> {
  const { path, reason } = findDeno();
  if (!path) throw new Error(reason);
  const { script, cache } = inject('deno');
  const child = spawn(path, [...FLAGS, script], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Without a backend named, a missing Vulkan driver would mean OpenGL, on a driver of its own choice.
    env: {
      ...process.env,
      DENO_WEBGPU_BACKEND: 'vulkan',
      DENO_DIR: cache,
      DENO_NO_UPDATE_CHECK: '1',
      NO_COLOR: '1',
    },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-4000)));
  child.stdin.on('error', () => undefined); // the end of the process tells more
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) =>
      resolve(`Deno ended with ${signal ?? `exit status ${code}`}: ${stderr.trim() || 'it wrote nothing'}`),
    );
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  async function next(): Promise<string> {
    const line = await lines.next();
    if (line.done) throw new Error(`${name}: ${await ended}`);
    const answer = JSON.parse(line.value) as DenoAnswer;
    if ('error' in answer) throw new Error(`${name}: ${answer.error}`);
    return answer.value;
  }

  await next();
  return (request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return next();
  };
}
