import { orKnown } from '../core/nearest';
import { ArgumentError, show } from '../core/errors';
import type { Stream } from '../streams/definition';
import { STREAMS } from '../streams/named';
import type { Arguments } from './arguments';

/** The stream of --stream, or undefined for tensorseed's own. */
export function streamOption(args: Arguments): Stream | undefined {
  const name = args.values.get('stream');
  if (name === undefined) return undefined;
  const stream = STREAMS.find((one) => one.name === name);
  if (stream !== undefined) return stream;
  const known = STREAMS.map((one) => one.name);
  throw new ArgumentError(
    `--stream must be one of ${known.join(', ')}, got ${show(name)}${orKnown(name, known, '')}`,
  );
}
