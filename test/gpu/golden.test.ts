import { expect, it } from 'vitest';
import {
  CHECKSUM_ELEMENTS,
  CHECKSUMMED,
  GOLDEN,
  goldenRequest,
  patterns,
  stretches,
  title,
} from '../contract/golden';
import { describeGpu } from '../harness/describe';

describeGpu('the golden values of the stream contract, on the GPU', (runner) => {
  it.each(GOLDEN.map((golden) => [title(golden), golden] as const))('%s', async (_, golden) => {
    for (const { start, values } of stretches(golden)) {
      const count = values.split(' ').length;
      expect(patterns(await runner().fill(goldenRequest(golden, start, count)), golden.dtype)).toBe(values);
    }
  });

  it.each(CHECKSUMMED.map((golden) => [title(golden), golden] as const))(
    'checksum of 2^24 elements of %s',
    async (_, golden) => {
      expect(await runner().sha256(goldenRequest(golden, 0, CHECKSUM_ELEMENTS))).toBe(golden.sha256);
    },
  );
});
