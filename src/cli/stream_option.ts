import type { Stream } from '../index';
import { streamNamed } from '../streams/named';
import type { Arguments } from './arguments';

/** The stream of --stream, or undefined for tensorseed's own. */
export function streamOption(args: Arguments): Stream | undefined {
  const name = args.values.get('stream');
  return name === undefined ? undefined : streamNamed('--stream', name);
}
