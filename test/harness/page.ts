import { Sampler } from '../../src/index';
import { computeWords, type ComputeRequest } from './compute';
import { fillBytes, unpackRequest } from './request';

declare global {
  interface Window {
    /** Settled once the page has a device. */
    ready: Promise<void>;
    settle: { resolve(): void; reject(error: unknown): void };
    /** Fills as a packed request says, hands the bytes to the server and returns their id. */
    fill(packed: string): Promise<string>;
    /** Runs a test's own kernel, likewise. */
    compute(request: ComputeRequest): Promise<string>;
  }
}

const uncaptured: string[] = [];

async function open(): Promise<void> {
  const sampler = await Sampler.create({ backend: 'gpu' });
  sampler.device?.addEventListener('uncapturederror', (event) => uncaptured.push(event.error.message));
  const device = sampler.device!;
  window.fill = async (packed) => hold(await fillBytes(sampler, unpackRequest(packed)));
  window.compute = async (request) => hold(new Uint8Array((await computeWords(device, request)).buffer));
}

async function hold(bytes: Uint8Array): Promise<string> {
  if (uncaptured.length > 0) throw new Error(uncaptured.splice(0).join('; '));
  const response = await fetch('/bytes', { method: 'POST', body: new Blob([bytes as BufferSource]) });
  if (!response.ok) throw new Error(`the test server answers ${response.status}`);
  return response.text();
}

open().then(window.settle.resolve, window.settle.reject);
