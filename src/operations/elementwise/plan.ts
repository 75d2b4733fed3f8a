import type { ElementDtype } from './options';

/** A dispatch of an operation on elements. */
export interface ElementsDispatch {
  /** `Slots` in shaders/operations/slots.wgsl, without its last member where the operation is in place. */
  readonly slots: readonly [
    blockLo: number,
    blockHi: number,
    first: number,
    end: number,
    outputBase: number,
    inputBase: number,
  ];
  /** SHIFTED in shaders/operations/elementwise.wgsl. */
  readonly shifted: boolean;
  readonly output: Window;
  readonly input: Window;
  readonly workgroups: number;
}

/** A binding, in bytes. */
interface Window {
  readonly offset: number;
  readonly size: number;
}

export type PlanLimits = Pick<
  GPUSupportedLimits,
  'maxStorageBufferBindingSize' | 'maxComputeWorkgroupsPerDimension' | 'minStorageBufferOffsetAlignment'
>;

/** The most elements of a dispatch, so that none is long. */
const MOST_ELEMENTS = 2 ** 23;

/** The invocations of a workgroup, and the slots that each is sure to take. */
const INVOCATIONS = 64;
const SLOTS = 4;

/**
 * The dispatches that change elements. It is a pure function, so that tests can reach every path with tiny limits.
 * @param firstElement the index of the first element in its tensor
 * @param output the byte at which the results begin, and the size of the buffer
 * @param input the same of what is read
 */
export function planElements(
  count: number,
  firstElement: number,
  dtype: ElementDtype,
  output: { readonly byteOffset: number; readonly bytes: number },
  input: { readonly byteOffset: number; readonly bytes: number },
  limits: PlanLimits,
): ElementsDispatch[] {
  const size = dtype === 'float32' ? 4 : 2;
  const alignment = limits.minStorageBufferOffsetAlignment;
  const fitting = Math.floor((limits.maxStorageBufferBindingSize - alignment - 4) / size);
  const reached = (limits.maxComputeWorkgroupsPerDimension * INVOCATIONS - 2) * SLOTS;
  const most = Math.min(MOST_ELEMENTS, fitting, reached);
  const windowOf = (from: number, elements: number, bytes: number): Window => {
    const offset = from - (from % alignment);
    const end = Math.min(Math.ceil((from + elements * size) / 4) * 4, bytes);
    return { offset, size: end - offset };
  };
  const dispatches: ElementsDispatch[] = [];
  for (let done = 0; done < count; done += most) {
    const elements = Math.min(most, count - done);
    const [to, from] = [output, input].map(({ byteOffset }) => byteOffset + done * size);
    const written = windowOf(to, elements, output.bytes);
    const read = windowOf(from, elements, input.bytes);
    const element = firstElement + done;
    const first = element % 4;
    const block = (element - first) / 4;
    const outputBase = (to - written.offset) / size - first;
    const shifted = size === 2 && outputBase % 2 !== 0;
    const slots = first + elements + Number(shifted);
    dispatches.push({
      slots: [
        block >>> 0,
        Math.floor(block / 2 ** 32),
        first,
        first + elements,
        outputBase >>> 0,
        ((from - read.offset) / size - first) >>> 0,
      ],
      shifted,
      output: written,
      input: read,
      workgroups: Math.ceil(slots / (size === 2 ? 2 * SLOTS : SLOTS) / INVOCATIONS),
    });
  }
  return dispatches;
}
