import { ArgumentError, show } from '../core/errors';
import { orKnown } from '../core/nearest';
import type { Stream } from './definition';
import { jax } from './jax';
import { kerasNumpy } from './keras/numpy';
import { kerasJax } from './keras/jax';
import { kerasTensorflow } from './keras/tensorflow';
import { kerasTorch } from './keras/torch';
import { numpy } from './numpy';
import { tensorflow } from './tensorflow';
import { torch } from './torch';
import { torchCuda, type TorchCudaCard } from './torch/cuda';
import { torchStateless } from './torch/stateless';

/** Every stream beside tensorseed's own, for those who have only its name. */
export const STREAMS: readonly Stream[] = [
  jax,
  torch,
  torchStateless,
  tensorflow,
  numpy,
  kerasJax,
  kerasTensorflow,
  kerasTorch,
  kerasNumpy,
];

const CUDA = 'torch-cuda/';

/** The stream of a name such as "torch-cuda/a100"; undefined for any other name. */
function streamOfCard(name: unknown): Stream | undefined {
  return typeof name === 'string' && name.startsWith(CUDA)
    ? torchCuda(name.slice(CUDA.length) as TorchCudaCard)
    : undefined;
}

/**
 * The stream of a name.
 * @param label what messages call the name
 * @throws ArgumentError where there is none
 */
export function streamNamed(label: string, name: unknown): Stream {
  const stream = STREAMS.find((one) => one.name === name) ?? streamOfCard(name);
  if (stream !== undefined) return stream;
  const names = STREAMS.map((one) => one.name);
  const known = orKnown(name, names, 'streams');
  throw new ArgumentError(`${label} must be the name of a stream, got ${show(name)}${known}`);
}
