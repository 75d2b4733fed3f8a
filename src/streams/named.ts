import { ArgumentError, show } from '../core/errors';
import { orKnown } from '../core/nearest';
import type { Stream } from './definition';
import { jax } from './jax';
import { kerasJax } from './keras/jax';
import { kerasTensorflow } from './keras/tensorflow';
import { kerasTorch } from './keras/torch';
import { tensorflow } from './tensorflow';
import { torch } from './torch';

/** Every stream beside tensorseed's own, for those who have only its name. */
export const STREAMS: readonly Stream[] = [
  jax, //
  torch,
  tensorflow,
  kerasJax,
  kerasTensorflow,
  kerasTorch,
];

/**
 * The stream of a name.
 * @param label what messages call the name
 * @throws ArgumentError where there is none
 */
export function streamNamed(label: string, name: unknown): Stream {
  const stream = STREAMS.find((one) => one.name === name);
  if (stream !== undefined) return stream;
  const names = STREAMS.map((one) => one.name);
  const known = orKnown(name, names, 'streams');
  throw new ArgumentError(`${label} must be the name of a stream, got ${show(name)}${known}`);
}
