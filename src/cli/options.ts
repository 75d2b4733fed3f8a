import { oneOf } from '../core/check';
import { MATHS, type MathMode } from '../distributions/math';
import { checkDtype, type Dtype } from '../core/dtype';
import { printable } from '../text/printable';
import { BACKENDS, type BackendChoice } from '../backends/choose';
import { Sampler } from '../sampler/sampler';
import type { Arguments } from './arguments';
import { say } from './streams';

/** The options that say how to compute, whatever is computed. */
export interface Computing {
  readonly dtype: Dtype | undefined;
  readonly backend: BackendChoice;
  readonly math: MathMode;
}

export function computingOptions(args: Arguments): Computing {
  const dtype = args.values.get('dtype');
  return {
    dtype: dtype === undefined ? undefined : checkDtype(dtype),
    backend: oneOf('--backend', args.values.get('backend') ?? 'auto', BACKENDS),
    math: oneOf('--math', args.values.get('math') ?? 'exact', MATHS),
  };
}

/** A sampler; says on stderr what it computes with. */
export async function openSampler(backend: BackendChoice): Promise<Sampler> {
  const sampler = await Sampler.create({ backend });
  const chosen = backend === 'auto' ? ` (--backend auto)` : '';
  say(`backend: ${sampler.backend}, ${printable(sampler.description)}${chosen}`);
  return sampler;
}
