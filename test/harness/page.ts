import type { ComputeRequest } from './compute';
import { unpackRequest } from './request';
import { openSession } from './session';

declare global {
  interface Window {
    /** Settled once the page has a device. */
    ready: Promise<void>;
    settle: { resolve(): void; reject(error: unknown): void };
    /** Fills as a packed request says, hands the bytes to the server and returns their id. */
    fill(packed: string): Promise<string>;
    /** Fills likewise and returns the SHA-256 of the bytes, in hex. */
    sha256(packed: string): Promise<string>;
    /** Runs a test's own kernel, a ComputeRequest as JSON, and holds its output likewise. */
    compute(packed: string): Promise<string>;
  }
}

async function open(): Promise<void> {
  const session = await openSession();
  window.fill = async (packed) => hold(await session.fill(unpackRequest(packed)));
  window.sha256 = (packed) => session.sha256(unpackRequest(packed));
  window.compute = async (packed) => hold(await session.compute(JSON.parse(packed) as ComputeRequest));
}

async function hold(bytes: Uint8Array | Uint32Array): Promise<string> {
  const response = await fetch('/bytes', { method: 'POST', body: new Blob([bytes as BufferSource]) });
  if (!response.ok) throw new Error(`the test server answers ${response.status}`);
  return response.text();
}

open().then(window.settle.resolve, window.settle.reject);
