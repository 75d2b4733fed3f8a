import { bytesPerElement, type Dtype } from '../../../core/dtype';
import { hasWords } from '../../../distributions/foreign';
import { blockFrom, type KernelCode } from '../../../distributions/key_words';
import { distributionBehind } from '../../../distributions/parameters';
import { type Dispatch, GROUP_BYTES } from '../../../jobs/plan';
import { laneOf } from './params';
import { shaderOf, usableKernel } from './loaded_shaders';

/** The invocations of a workgroup. They are a whole number of subgroups on all known GPUs. */
export const WORKGROUP_SIZE = 64;

/** FORMAT in shaders/entry/store.wgsl. */
const FORMAT: Record<Dtype, number> = {
  float32: 0,
  uint32: 0,
  int32: 0,
  float16: 1,
  bfloat16: 2,
  uint8: 3,
  int8: 3,
};

/** All that a pipeline is specialized by. */
export interface Variant {
  readonly id: string;
  /** The name of the kernel. */
  readonly kernel: string;
  /** Its WGSL. */
  readonly code: string;
  readonly variant: Dispatch['variant'];
  /** Whether it reads an operand. */
  readonly needsOperand: boolean;
  /** The overrides that the kernel declares and that follow from the dispatch. */
  readonly constants: Readonly<Record<string, number>>;
}

const variants = new Map<string, Variant>();

/**
 * CARRY in shaders/entry/dispatch.wgsl. An edge may begin before element 0. Behind the last block one more is
 * drawn where slots span two.
 */
function hasCarry({ variant, dtype, key, element, groups }: Dispatch): boolean {
  if (variant === 'edge') return true;
  const [low] = blockFrom(key.origin, Math.floor(element / 4));
  const blocks = (groups * GROUP_BYTES) / bytesPerElement(dtype) / 4 + 1;
  return low + blocks > 2 ** 32;
}

export function variantOf(dispatch: Dispatch): Variant {
  const { params, dtype, variant } = dispatch;
  const { kernel, code: codes } = kernelOf(dispatch);
  const code = codes[variant];
  const realign = Number(laneOf(dispatch) !== 0);
  const offsetBits = 'affine' in params ? (params.affine?.offsetBits ?? 0) : 0;
  const carry = Number(hasCarry(dispatch));
  const asked = `${kernel} ${variant} ${FORMAT[dtype]} ${realign} ${offsetBits} ${carry}`;
  let found = variants.get(asked);
  if (found === undefined) {
    const all: Record<string, number> = {
      WORKGROUP_SIZE,
      FORMAT: FORMAT[dtype],
      REALIGN: realign,
      OFFSET_BITS: offsetBits,
      CARRY: carry,
    };
    // WebGPU refuses constants that a module does not declare.
    const declared = Object.entries(all).filter(([name]) => code.includes(`override ${name}:`));
    const constants = Object.fromEntries(declared);
    const id = `${kernel} ${variant} ${JSON.stringify(constants)}`;
    found = {
      id,
      kernel,
      code,
      variant,
      needsOperand:
        distributionBehind(params).needsOperand === true ||
        hasWords(params) ||
        'table' in params ||
        params.kernel === 'copy',
      constants,
    };
    variants.set(asked, found);
  }
  return found;
}

/** The kernel of a dispatch: one of ours, one of ours over another generator, or one that a stream brings. */
function kernelOf({ params, key: { generator } }: Dispatch): {
  readonly kernel: string;
  readonly code: KernelCode;
} {
  if (params.kernel === 'foreign') return { kernel: params.source.name, code: params.source.code };
  const kernel = usableKernel(params.kernel);
  return generator !== undefined && Object.hasOwn(generator.code, kernel)
    ? { kernel: `${generator.name} ${kernel}`, code: generator.code[kernel] }
    : { kernel, code: shaderOf(kernel) };
}
