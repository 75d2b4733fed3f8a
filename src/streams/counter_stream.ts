import { ArgumentError, show } from '../core/errors';
import { bits } from '../distributions/bits';
import type { Generator } from '../distributions/key_words';
import { normal } from '../distributions/normal';
import { orthogonal } from '../distributions/orthogonal';
import { truncated_normal } from '../distributions/truncated_normal';
import { uniform } from '../distributions/uniform';
import type { Stream, StreamKey } from './definition';
import { Key, type Seed } from './key';

/** The key of a stream of 64 bits, which derives keys as a `Key` does. */
class CounterKey implements StreamKey {
  readonly lo: number;
  readonly hi: number;

  constructor(
    readonly stream: Stream,
    readonly generator: Generator,
    private readonly key: Key,
  ) {
    ({ lo: this.lo, hi: this.hi } = key);
    Object.freeze(this);
  }

  get value(): bigint {
    return this.key.value;
  }

  toJSON(): object {
    return { lo: this.lo, hi: this.hi };
  }

  fold(by: string | number | bigint): StreamKey {
    return new CounterKey(this.stream, this.generator, this.key.fold(by));
  }

  split(count: number): StreamKey[] {
    return this.key.split(count).map((key) => new CounterKey(this.stream, this.generator, key));
  }
}

/**
 * A stream that draws as STREAM.md does, but from the words of another counter-based generator. Its keys and names
 * are tensorseed's.
 */
export function counterStream(generator: Generator): Stream {
  const stream: Stream = {
    name: generator.name,
    derivesAsKey: true,
    keyOf(seed: Seed | StreamKey): StreamKey {
      if (!(seed instanceof CounterKey)) return new CounterKey(stream, generator, Key.from(seed as Seed));
      if (seed.stream === stream) return seed;
      throw new ArgumentError(
        `seed must be a key of ${generator.name}, got one of ${show(seed.stream.name)}`,
      );
    },
    distributions: { bits, uniform, normal, truncated_normal, orthogonal },
  };
  return stream;
}
