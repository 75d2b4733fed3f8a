import { checkDtype } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import { type Dtype, type Filling, type Job, type Sampler, type Shape } from '../index';
import { loaded } from '../initializers/loading';
import type { RuntimeOptions } from './options';

/**
 * The job of a tensor of a runtime. What its initializer is may be loaded first.
 * @param dtypes those of the runtime
 * @param held the dtype that has the memory of the runtime's bool, which is 0 or 1, where it has one
 * @throws ArgumentError (as a rejection) where an argument cannot be right
 */
export async function resolveFor<D extends string>(
  sampler: Sampler,
  initializer: Filling,
  shape: Shape,
  options: RuntimeOptions & { readonly dtype?: D },
  dtypes: readonly D[],
  held?: Dtype,
): Promise<{ job: Job; dtype: D }> {
  const { dtype, ...rest } = options;
  if (dtype !== undefined) checkDtype(dtype, dtypes as readonly never[]);
  const isBool = dtype === 'bool';
  const wanted = (isBool ? held : dtype) as Dtype | undefined;
  const job = await loaded(() => sampler.check(initializer, shape, { ...rest, dtype: wanted }));
  if (isBool && !job.stretches.every(({ draw }) => draw.kind === 'bernoulli'))
    throw new ArgumentError(
      `dtype bool needs an initializer whose values are 0 and 1, Bernoulli, got ${show(initializer)}`,
    );
  return { job, dtype: dtype ?? (job.dtype as string as D) };
}
