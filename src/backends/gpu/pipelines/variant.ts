import type { Dtype } from '../../../core/dtype';
import { distributionBehind, type Kernel } from '../../../distributions/parameters';
import type { Dispatch } from '../../../jobs/plan';
import { laneOf } from './params';
import { SHADERS } from './shaders';

/** The invocations of a workgroup. They are a whole number of subgroups on all known GPUs. */
export const WORKGROUP_SIZE = 64;

/** HALF in shaders/entry/store.wgsl. */
const HALF: Record<Dtype, number> = { float32: 0, uint32: 0, float16: 1, bfloat16: 2 };

/** All that a pipeline is specialized by. */
export interface Variant {
  readonly id: string;
  readonly kernel: Kernel;
  readonly variant: Dispatch['variant'];
  /** Whether it reads an operand. */
  readonly needsOperand: boolean;
  /** All overrides that the kernel declares, with the value of FLOAT_SHIFTS for most devices. */
  readonly constants: Readonly<Record<string, number>>;
}

const variants = new Map<string, Variant>();

export function variantOf(dispatch: Dispatch): Variant {
  const { params, dtype, variant } = dispatch;
  const { kernel } = params;
  const realign = Number(laneOf(dispatch) !== 0);
  const offsetBits = 'affine' in params ? params.affine.offsetBits : 0;
  const asked = `${kernel} ${variant} ${HALF[dtype]} ${realign} ${offsetBits}`;
  let found = variants.get(asked);
  if (found === undefined) {
    const all: Record<string, number> = {
      WORKGROUP_SIZE,
      HALF: HALF[dtype],
      REALIGN: realign,
      OFFSET_BITS: offsetBits,
      FLOAT_SHIFTS: 0,
    };
    // WebGPU refuses constants that a module does not declare.
    const declared = Object.entries(all).filter(([name]) =>
      SHADERS[kernel][variant].includes(`override ${name}:`),
    );
    const constants = Object.fromEntries(declared);
    const id = `${kernel} ${variant} ${JSON.stringify(constants)}`;
    found = {
      id,
      kernel,
      variant,
      needsOperand: distributionBehind(params).needsOperand === true,
      constants,
    };
    variants.set(asked, found);
  }
  return found;
}
