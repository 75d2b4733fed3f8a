import { Sampler } from '../../src/index';
import { computeWords, type ComputeRequest } from './compute';
import { fillBytes } from './request';
import type { FillRequest, Runner } from './runner';

/** What a runner does, where its GPU is: in this process, in a page, in Deno. */
export type Session = Pick<Runner, 'fill' | 'sha256' | 'compute' | 'close'>;

/** On the caller's device, or on one that the sampler opens. */
export async function openSession(given?: GPUDevice): Promise<Session> {
  const sampler = await Sampler.create({ backend: 'gpu', device: given });
  const device = sampler.device!;
  const uncaptured: string[] = [];
  device.addEventListener('uncapturederror', (event) => uncaptured.push(event.error.message));
  const checked = <T>(result: T): T => {
    if (uncaptured.length > 0) throw new Error(uncaptured.splice(0).join('; '));
    return result;
  };
  const fill = async (request: FillRequest): Promise<Uint8Array> => checked(await fillBytes(sampler, request));
  return {
    fill,
    async sha256(request) {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', (await fill(request)) as BufferSource));
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    compute: async (request: ComputeRequest) => checked(await computeWords(device, request)),
    async close() {
      sampler.destroy();
      given?.destroy();
    },
  };
}
