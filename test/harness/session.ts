import { Sampler } from '../../src/index';
import { computeWords, type ComputeRequest } from './compute';
import { fillBytes } from './request';
import type { Runner } from './runner';

/** What a runner does, where its GPU is: in this process, in a page, in Deno. */
export type Session = Pick<Runner, 'fill' | 'sha256' | 'compute'>;

/** On the caller's device, or on one that the sampler opens. */
export async function openSession(given?: GPUDevice): Promise<Session> {
  const sampler = await Sampler.create(given ? { device: given } : { backend: 'gpu' });
  const device = sampler.device!;
  const uncaptured: string[] = [];
  device.addEventListener('uncapturederror', (event) => uncaptured.push(event.error.message));
  const checked = async <T>(work: Promise<T>): Promise<T> => {
    const [result] = await Promise.allSettled([work]);
    // What naga finds wrong with a shader comes after the rejection of its pipeline, which only names it.
    if (result.status === 'rejected') await new Promise((resolve) => setTimeout(resolve));
    const more = uncaptured.splice(0).join('; ');
    if (result.status === 'rejected')
      throw more ? new Error(`${result.reason}; ${more}`, { cause: result.reason }) : result.reason;
    if (more) throw new Error(more);
    return result.value;
  };
  const fill: Runner['fill'] = (request) => checked(fillBytes(sampler, request));
  return {
    fill,
    async sha256(request) {
      const digest = new Uint8Array(
        await crypto.subtle.digest('SHA-256', (await fill(request)) as BufferSource),
      );
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    compute: (request: ComputeRequest) => checked(computeWords(device, request)),
  };
}
