/**
 * What Deno runs: answers each line of stdin, a DenoRequest, with a line on stdout, a DenoAnswer.
 * The first line says whether there is a device, unasked.
 */
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { createInterface } from 'node:readline';
import '../../src/core/node_host';
import type { DenoAnswer, DenoRequest } from './deno';
import { unpackRequest } from './request';
import { openSession, type Session } from './session';

/** Kernels that were compiled with integers of 64 bits, by their labels. */
const wide = new Set<string>();
let wideSession: Promise<Session> | undefined;

/** A session on a device that the library opens itself, for an adapter that says that it is a GPU. */
async function openAsGpu(): Promise<Session> {
  const { gpu } = navigator;
  const info = { vendor: '4318', architecture: '', device: '', description: 'a GPU' };
  const requestAdapter = gpu.requestAdapter.bind(gpu);
  gpu.requestAdapter = async (options) => {
    const adapter = (await requestAdapter(options))!;
    const requestDevice = adapter.requestDevice.bind(adapter);
    Object.defineProperty(adapter, 'info', { value: info });
    adapter.requestDevice = async (descriptor) => {
      const device = await requestDevice(descriptor);
      const createShaderModule = device.createShaderModule.bind(device);
      Object.defineProperty(device, 'adapterInfo', { value: info });
      device.createShaderModule = (descriptor) => {
        if (descriptor.code.includes('u64(')) wide.add(descriptor.label!);
        return createShaderModule(descriptor);
      };
      return device;
    };
    return adapter;
  };
  try {
    return await openSession();
  } finally {
    gpu.requestAdapter = requestAdapter;
  }
}

async function answer(session: Session, request: DenoRequest): Promise<string> {
  if ('fillWide' in request) {
    const bytes = await (await (wideSession ??= openAsGpu())).fill(unpackRequest(request.fillWide));
    if (!wide.has(request.label)) throw new Error(`${request.label} has no integers of 64 bits`);
    return toBase64(bytes);
  }
  if ('fill' in request) return toBase64(await session.fill(unpackRequest(request.fill)));
  if ('sha256' in request) return session.sha256(unpackRequest(request.sha256));
  return toBase64(await session.compute(request.compute));
}

const toBase64 = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

async function say(value: Promise<string>): Promise<void> {
  const line: DenoAnswer = await value.then(
    (value) => ({ value }),
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const opened = openSession();
await say(opened.then(() => ''));
const session = await opened;
for await (const line of createInterface({ input: process.stdin }))
  await say(answer(session, JSON.parse(line)));
