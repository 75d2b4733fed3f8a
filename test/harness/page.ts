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
    /** Fills likewise and returns the SHA-256 of the bytes, in hex. */
    sha256(packed: string): Promise<string>;
    /** Runs a test's own kernel and holds its output likewise. */
    compute(request: ComputeRequest): Promise<string>;
  }
}

const uncaptured: string[] = [];

async function open(): Promise<void> {
  const sampler = await Sampler.create({ backend: 'gpu' });
  sampler.device?.addEventListener('uncapturederror', (event) => uncaptured.push(event.error.message));
  const device = sampler.device!;
  window.fill = async (packed) => hold(await fillBytes(sampler, unpackRequest(packed)));
  window.sha256 = async (packed) => {
    const bytes = await fillBytes(sampler, unpackRequest(packed));
    check();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  window.compute = async (request) => hold(new Uint8Array((await computeWords(device, request)).buffer));
}

function check(): void {
  if (uncaptured.length > 0) throw new Error(uncaptured.splice(0).join('; '));
}

async function hold(bytes: Uint8Array): Promise<string> {
  check();
  const response = await fetch('/bytes', { method: 'POST', body: new Blob([bytes as BufferSource]) });
  if (!response.ok) throw new Error(`the test server answers ${response.status}`);
  return response.text();
}

open().then(window.settle.resolve, window.settle.reject);
