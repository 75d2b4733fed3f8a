import { expect } from 'vitest';
import { ArgumentError, type Sampler } from '../../src/index';

/** Every call of a sampler that was destroyed is refused, and with the same message. */
export async function expectRefusesAll(sampler: Sampler): Promise<void> {
  const requests = [{ initializer: 'ones', shape: [2] }];
  const wrong = { sed: 1 } as never;
  const calls: Record<string, () => unknown> = {
    fill: () => sampler.fill('ones', [2]),
    'fill with a wrong option': () => sampler.fill('ones', [2], wrong),
    fillAll: () => sampler.fillAll(requests),
    'fillAll of nothing': () => sampler.fillAll([]),
    chunks: () => sampler.chunks('ones', [2]).next(),
    chunksOfAll: () => sampler.chunksOfAll(requests).next(),
    'chunksOfAll of nothing': () => sampler.chunksOfAll([]).next(),
    check: () => sampler.check('ones', [2]),
    encode: () => sampler.encode({} as never, 'ones', [2], {} as never),
    prepare: () => sampler.prepare('ones', [2], {} as never),
    prepareAll: () => sampler.prepareAll([]),
    fillJobs: () => sampler.fillJobs([], {}),
    encodeJob: () => sampler.encodeJob({} as never, {} as never),
  };
  for (const [name, call] of Object.entries(calls)) {
    const error: unknown = await (async () => call())().catch((thrown: unknown) => thrown);
    expect(error, name).toEqual(new ArgumentError('a sampler cannot be used after it was destroyed'));
  }
}
