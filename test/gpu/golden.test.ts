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
import { currentTarget } from '../harness/target';

const IN_BROWSER = ['chromium', 'firefox'].includes(currentTarget().name);

describeGpu('the golden values of the stream contract, on the GPU', (runner) => {
  it.each(GOLDEN.map((golden) => [title(golden), golden] as const))('%s', async (_, golden) => {
    const wanted = stretches(golden);
    const filled = await Promise.all(
      wanted.map(({ start, values }) =>
        runner().fill(goldenRequest(golden, start, values.split(' ').length)),
      ),
    );
    expect(filled.map((bytes) => patterns(bytes, golden.dtype))).toEqual(wanted.map(({ values }) => values));
  });

  // In browsers the page that proves a machine computes them: see test/gallery/verify.page.test.ts.
  if (IN_BROWSER) return;

  it.each(CHECKSUMMED.map((golden) => [title(golden), golden] as const))(
    'checksum of 2^24 elements of %s',
    async (_, golden) => {
      expect(await runner().sha256(goldenRequest(golden, 0, CHECKSUM_ELEMENTS))).toBe(golden.sha256);
    },
  );
});
