import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isHalf } from '../../src/core/dtype';
import { Sampler } from '../../src/index';
import { fillBytes } from '../harness/request';
import { CHECKSUM_ELEMENTS, CHECKSUMMED, goldenRequest, title } from './golden';

// The reference takes seconds for each. Of halves, it computes the golden values and many ranges elsewhere.
describe.each([
  ['reference', CHECKSUMMED.filter(({ dtype }) => !isHalf(dtype))],
  ['fast', CHECKSUMMED],
] as const)('checksums of 2^24 elements of the stream contract, on the CPU: %s', async (path, cases) => {
  const cpu = await Sampler.create({ backend: 'cpu', cpu: path });

  it.each(cases.map((golden) => [title(golden), golden] as const))(
    '%s',
    async (_, golden) => {
      const bytes = await fillBytes(cpu, goldenRequest(golden, 0, CHECKSUM_ELEMENTS));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(golden.sha256);
    },
    300_000,
  );
});
