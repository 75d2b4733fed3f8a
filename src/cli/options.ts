import { oneOf } from '../core/check';
import { checkDtype } from '../core/dtype';
import { type Backend, type Dtype, type MathMode, Sampler } from '../index';
import { printable } from '../text/printable';
import type { Arguments } from './arguments';
import { say } from './streams';

export const BACKENDS: readonly Backend[] = ['auto', 'gpu', 'cpu'];
export const MATHS: readonly MathMode[] = ['exact', 'native'];

/** The options that say how to compute, whatever is computed. */
export interface ComputingOptions {
  readonly dtype: Dtype | undefined;
  readonly backend: Backend;
  readonly math: MathMode;
}

export function computingOptions(args: Arguments): ComputingOptions {
  const dtype = args.values.get('dtype');
  return {
    dtype: dtype === undefined ? undefined : checkDtype(dtype),
    backend: oneOf('--backend', args.values.get('backend') ?? 'auto', BACKENDS),
    math: oneOf('--math', args.values.get('math') ?? 'exact', MATHS),
  };
}

/** Creates a sampler, and says on stderr what it computes with. */
export async function openSampler(backend: Backend): Promise<Sampler> {
  const sampler = await Sampler.create({ backend });
  const chosen = backend === 'auto' ? ` (--backend auto)` : '';
  say(`backend: ${sampler.backend}, ${printable(sampler.description)}${chosen}`);
  return sampler;
}
