import { ArgumentError, show } from '../../core/errors';
import { MAX_SHARDS, type Shard } from '../../formats/safetensors_shards';
import { printable } from '../../text/printable';
import { say } from '../streams';
import { type Environment, shardOfProcess } from './launcher';

/**
 * Reads the value of --shard: `k/n`, or `auto` or `auto/n`, for which it says on stderr what was
 * found.
 * @throws ArgumentError where it is none of these, or nothing is found
 */
export function parseShard(text: string, environment: Environment): Shard {
  const [, which, of] = /^(auto|[0-9]{1,9})(?:\/([0-9]{1,9}))?$/.exec(text) ?? [];
  const count = of === undefined ? undefined : Number(of);
  if (which === undefined || (which !== 'auto' && count === undefined)) {
    throw new ArgumentError(`--shard must be k/n such as 2/8, auto, or auto/n, got ${show(text)}`);
  }
  if (count !== undefined && (count < 1 || count > MAX_SHARDS)) {
    throw new ArgumentError(`--shard must have from 1 to ${MAX_SHARDS} shards, got ${show(text)}`);
  }
  if (which !== 'auto') {
    const index = Number(which);
    if (index < 1 || index > count!)
      throw new ArgumentError(`--shard k/n must have 1 <= k <= n, got ${show(text)}`);
    return { index, count: count! };
  }
  const { shard, source } = shardOfProcess(environment, count);
  say(`shard: ${shard.index}/${shard.count}, from ${printable(source)} (--shard auto)`);
  return shard;
}
