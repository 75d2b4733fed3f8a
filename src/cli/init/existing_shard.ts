import { ArgumentError } from '../../core/errors';
import type { SafetensorsPlan, TensorSpec } from '../../formats/safetensors';
import { DamageError, damageText, findDamage } from '../checksums';
import { checkTensors, existsError } from '../existing';
import { withInputFile } from '../input_file';
import { Progress } from '../progress';
import { readShard } from '../shard_file';
import { firstDifference, type Origin, planShard } from '../shard_metadata';

/**
 * Holds a shard that is there against what it says of itself, before its values are computed.
 * @param tensors those that it must have, in the order of their bytes
 * @returns what its header and its layout must be; undefined where it has no checksums, as older releases
 *   wrote it
 * @throws Error where it was made from something else, or has other bytes than its checksums say
 */
export async function planOfExisting<T extends TensorSpec>(
  path: string,
  tensors: readonly T[],
  origin: Origin,
): Promise<SafetensorsPlan<T> | undefined> {
  const { header, metadata } = await readShard(path).catch((error: unknown) => {
    throw error instanceof ArgumentError || error instanceof DamageError
      ? existsError(path, error.message)
      : error;
  });
  checkTensors(path, header, tensors);
  if (metadata === undefined) return undefined;
  const differs = firstDifference(metadata.origin, origin);
  if (differs !== undefined)
    throw existsError(path, `it has the ${differs.label} ${differs.a}, not ${differs.b}`);
  const progress = new Progress(
    'verify',
    header.tensors.reduce((sum, { count }) => sum + count, 0),
  );
  await withInputFile(path, async (file) => {
    for await (const damage of findDamage(file, path, header.tensors, metadata.checksums, progress))
      throw existsError(path, damageText(damage));
  });
  progress.end();
  return planShard(tensors, origin, metadata.checksums);
}
