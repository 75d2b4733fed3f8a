import type { ModelFileTensor } from '../../models';
import { newChecksum } from '../checksums';

/**
 * A checksum of a model: of how each of its tensors is filled, whatever the seed. Two models with the
 * same one have the same file for the same seed. The order in which a model lists its tensors does not
 * count. docs/shards.md has its definition, which other releases must keep.
 * @param tensors all tensors of the model, in the order of the file
 */
export function modelChecksum(tensors: readonly ModelFileTensor[]): string {
  const checksum = newChecksum();
  for (const { name, streamName = name, dtype, shape, job } of tensors) {
    const parts = job.stretches.map(({ draw, range }) => [range.start, range.count, sorted(draw)]);
    const stream = streamName === name ? [] : [streamName];
    checksum.update(`${JSON.stringify([name, dtype, shape, parts, ...stream])}\n`);
  }
  return checksum.digest('hex');
}

/** The draw with its keys in alphabetical order. JSON has no -0. */
function sorted(draw: object): Record<string, unknown> {
  const entries = Object.entries(draw).map(([key, value]) => [key, Object.is(value, -0) ? '-0' : value]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
