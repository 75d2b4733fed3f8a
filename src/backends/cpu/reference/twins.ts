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
import { normal } from './normal';
import { normalNative } from './normal_native';
import { truncatedNormal } from './truncated_normal';
import { truncatedNormalNative } from './truncated_normal_native';
import { uniform } from './uniform';

type ElementKernel = ElementParameters['kernel'];

/** Fills elements [start, start + out.length) of a tensor. */
export type Twin<K extends ElementKernel> = (
  params: ParametersOf<K>,
  key: KeyWords,
  dtype: Dtype,
  start: number,
  out: Patterns,
) => void;

/** The twins of the kernels of Keras's initializers, and of those that streams bring. */
export const TWINS = {
  bits: byBlocks((_, key) => bits(key)),
  constant: (params, _key, _dtype, _start, out) => fillConstant(params, out),
  eye: (params, _key, _dtype, start, out) => fillEye(params, start, out),
  foreign: fillForeign,
  normal: byBlocks(normal),
  normal_half: byBlocks(normal), // It differs in nothing but speed.
  normal_native: byBlocks(normalNative),
  truncated_normal: byBlocks(truncatedNormal),
  truncated_normal_native: byBlocks(truncatedNormalNative),
  uniform: byBlocks(uniform),
} satisfies { readonly [K in ElementKernel]?: Twin<K> };

/** The twins of all other kernels. */
export type SamplingTwins = { readonly [K in Exclude<ElementKernel, keyof typeof TWINS>]: Twin<K> };

/** A twin of a draw of blocks. */
export function byBlocks<K extends ElementKernel>(
  draw: (params: ParametersOf<K>, key: KeyWords) => DrawBlock,
): Twin<K> {
  return (params, key, dtype, start, out) => fillBlocks(draw(params, key), dtype, start, out, key.origin);
}
