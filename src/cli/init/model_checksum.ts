import type { FileTensor } from '../../models';
import { isCopied } from '../../models/copied';
import { type Checksums, newChecksum } from '../checksums';
import { keyData } from '../key_data';

/**
 * A checksum of a model: of how each of its tensors is filled, whatever the seed, or of its bytes if it is copied. Two models with the
 * same one have the same file for the same seed. The order in which a model lists its tensors does not
 * count. docs/shards.md has its definition, which other releases must keep.
 * @param tensors all tensors of the model, in the order of the file
 * @param copied the checksums of the tensors that are copied
 * @param withKeys whether the seeds of the model count, too, as they do with --config-seeds
 */
export function modelChecksum(
  tensors: readonly FileTensor[],
  copied: Checksums = new Map(),
  withKeys = false,
): string {
  const checksum = newChecksum();
  for (const tensor of tensors) {
    const { name, dtype, shape } = tensor;
    const values = isCopied(tensor)
      ? { sha256: copied.get(name)! }
      : tensor.job.stretches.map(({ draw, range }) => [range.start, range.count, sorted(draw)]);
    const streamName = isCopied(tensor) ? name : (tensor.streamName ?? name);
    const stream = streamName === name ? [] : [streamName];
    const key = withKeys && !isCopied(tensor) ? [keyData(tensor.job.key)] : [];
    checksum.update(`${JSON.stringify([name, dtype, shape, values, ...stream, ...key])}\n`);
  }
  return checksum.digest('hex');
}

/** The draw with its keys in alphabetical order. JSON has no -0. */
function sorted(draw: object): Record<string, unknown> {
  const entries = Object.entries(draw).map(([key, value]) => [key, Object.is(value, -0) ? '-0' : value]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
