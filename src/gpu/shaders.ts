import * as bits from '../../shaders/bits.wgsl';
import * as constant from '../../shaders/constant.wgsl';
import * as eye from '../../shaders/eye.wgsl';
import * as normal from '../../shaders/normal.wgsl';
import * as normal_native from '../../shaders/normal_native.wgsl';
import * as orthogonal from '../../shaders/orthogonal.wgsl';
import * as truncated_normal from '../../shaders/truncated_normal.wgsl';
import * as truncated_normal_native from '../../shaders/truncated_normal_native.wgsl';
import * as uniform from '../../shaders/uniform.wgsl';
import type { Kernel } from '../parameters';
import type { Step } from '../plan';

/** Linked WGSL of every kernel, once for each kind of step. */
export const SHADERS: Readonly<Record<Kernel, Readonly<Record<Step['variant'], string>>>> = {
  bits, constant, eye, normal, normal_native, orthogonal, truncated_normal, truncated_normal_native, uniform,
};
