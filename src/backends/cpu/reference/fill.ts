import type { Dtype } from '../../../core/dtype';
import type { ParametersOf } from '../../../distributions/parameters';
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import type { ElementParameters, Patterns } from '../computer';
import { bits } from './bits';
import { fillForeign } from './foreign';
import { fillBlocks } from './block';
import { fillConstant } from './constant';
import { fillEye } from './eye';
import { exponential } from './exponential';
import { gumbel } from './gumbel';
import { laplace } from './laplace';
import { logistic } from './logistic';
import { lognormal } from './lognormal';
import { normal } from './normal';
import { normalNative } from './normal_native';
import { truncatedNormal } from './truncated_normal';
import { truncatedNormalNative } from './truncated_normal_native';
import { uniform } from './uniform';

type ElementKernel = ElementParameters['kernel'];

/** Fills elements [start, start + out.length) of a tensor. */
type Twin<K extends ElementKernel> = (
  params: ParametersOf<K>,
  key: KeyWords,
  dtype: Dtype,
  start: number,
  out: Patterns,
) => void;

/** The twin of each kernel. */
const TWINS: { readonly [K in ElementKernel]: Twin<K> } = {
  bits: byBlocks((_, key) => bits(key)),
  constant: (params, _key, dtype, _start, out) => fillConstant(params, dtype, out),
  eye: (params, _key, _dtype, start, out) => fillEye(params, start, out),
  foreign: fillForeign,
  exponential: byBlocks(exponential),
  gumbel: byBlocks(gumbel),
  laplace: byBlocks(laplace),
  logistic: byBlocks(logistic),
  lognormal: byBlocks(lognormal),
  normal: byBlocks(normal),
  normal_native: byBlocks(normalNative),
  truncated_normal: byBlocks(truncatedNormal),
  truncated_normal_native: byBlocks(truncatedNormalNative),
  uniform: byBlocks(uniform),
};

function byBlocks<K extends ElementKernel>(
  draw: (params: ParametersOf<K>, key: KeyWords) => DrawBlock,
): Twin<K> {
  return (params, key, dtype, start, out) => fillBlocks(draw(params, key), dtype, start, out, key.origin);
}

/**
 * Fills `out` with the elements of a tensor from `start` on, as the GPU computes them.
 * @param start the index of the first element, row-major, below 2^53
 */
export function fillReference(
  params: ElementParameters,
  key: KeyWords,
  dtype: Dtype,
  start: number,
  out: Patterns,
): void {
  (TWINS[params.kernel] as Twin<ElementKernel>)(params as never, key, dtype, start, out);
}
