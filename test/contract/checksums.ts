import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Dtype, Sampler } from '../../src/index';
import { fillBytes } from '../harness/request';
import { CHECKSUM_ELEMENTS, CHECKSUMMED, goldenRequest, title } from './golden';

/**
 * The checksums of some dtypes on both paths of the CPU. They are long: a file for each share lets workers run
 * them side by side.
 */
export function describeChecksums(includes: (dtype: Dtype) => boolean): void {
  const cases = CHECKSUMMED.filter(({ dtype }) => includes(dtype));
  describe.each(['reference', 'fast'] as const)(
    'checksums of 2^24 elements of the stream contract, on the CPU: %s',
    async (path) => {
      const cpu = await Sampler.create({ backend: 'cpu', cpu: path });

      it.each(cases.map((golden) => [title(golden), golden] as const))(
        '%s',
        async (_, golden) => {
          const bytes = await fillBytes(cpu, goldenRequest(golden, 0, CHECKSUM_ELEMENTS));
          expect(createHash('sha256').update(bytes).digest('hex')).toBe(golden.sha256);
        },
        300_000,
      );
    },
  );
}
