import type { Dtype, MathMode } from '../../src/index';
import { drawText } from '../../src/verify/machine/words';
import { MACHINE_CASES } from '../../src/verify/machine/cases';
import { KERNELS, type KernelName } from './kernels';

/** The parts of a run, in their order, each with the weight of its share of the time. */
export const PARTS = [
  { name: 'contract', weight: 60 },
  { name: 'kernels', weight: 90 },
  { name: 'orthogonal', weight: 30 },
  { name: 'models', weight: 50 },
  { name: 'frameworks', weight: 60 },
  { name: 'large', weight: 70 },
] as const;

export type PartName = (typeof PARTS)[number]['name'];

/** One thing that is measured in the process of the card. Plain data, which processes pass on. */
export type Item = { readonly name: string } & (
  | { readonly part: 'contract'; readonly index: number }
  | { readonly part: 'kernels' | 'large'; readonly kernel: KernelItem }
  | { readonly part: 'orthogonal'; readonly side: number }
  | { readonly part: 'models'; readonly preset: string; readonly dtype: Dtype }
);

/** A draw in a dtype, and the logarithm to base 2 of about how many elements. */
export interface KernelItem {
  readonly kernel: KernelName;
  readonly dtype: Dtype;
  readonly math: MathMode;
  readonly stream: string | undefined;
  readonly log2: number;
}

/** What a run measures, where it is not asked for less. */
export interface Sizes {
  /** Of the parts kernels and large. */
  readonly log2: readonly [small: number, large: number];
  readonly sides: readonly number[];
  readonly models: readonly string[];
}

export const FULL_SIZES: Sizes = {
  log2: [24, 28],
  sides: [512, 1024, 2048, 4096],
  models: ['gpt2', 'llama-3-8b'],
};

/** What a driver that computes on the CPU is asked for. */
export const SOFTWARE_SIZES: Sizes = { ...FULL_SIZES, log2: [18, 24], sides: [64, 128, 256, 512] };

/** The draws that have rows in 16 bits at the large size, too. */
const MAIN: readonly KernelName[] = ['uniform', 'normal', 'truncated normal'];
/** The streams whose values a kernel makes, each with the draws that are measured. */
const STREAMS = ['jax', 'tensorflow', 'torch-stateless', 'torch-cuda/a100'];
const STREAM_KERNELS: readonly KernelName[] = ['uniform', 'normal'];

/** All items of a part, those first that matter most, since time may end before them. */
export function itemsOf(part: Exclude<PartName, 'frameworks'>, sizes: Sizes): Item[] {
  switch (part) {
    case 'contract':
      return MACHINE_CASES.map(({ draw, dtype }, index) => ({
        part,
        name: `${drawText(draw)} in ${dtype}`,
        index,
      }));
    case 'kernels':
      return kernelItems(sizes.log2[0], () => true).map((kernel) => ({ part, ...named(kernel), kernel }));
    case 'large':
      return kernelItems(
        sizes.log2[1],
        ({ kernel, dtype, stream }) =>
          stream === undefined && (dtype === KERNELS[kernel].dtypes[0] || MAIN.includes(kernel)),
      ).map((kernel) => ({ part, ...named(kernel), kernel }));
    case 'orthogonal':
      return sizes.sides.map((side) => ({ part, name: `orthogonal ${side} x ${side}`, side }));
    case 'models':
      return sizes.models.map((preset) => ({
        part,
        name: `${preset} in bfloat16`,
        preset,
        dtype: 'bfloat16' as const,
      }));
  }
}

function kernelItems(log2: number, wanted: (kernel: KernelItem) => boolean): KernelItem[] {
  const names = Object.keys(KERNELS) as KernelName[];
  const own = names.flatMap((kernel) =>
    KERNELS[kernel].dtypes.flatMap((dtype) =>
      KERNELS[kernel].maths.map((math) => ({ kernel, dtype, math, stream: undefined, log2 })),
    ),
  );
  const first = own.filter(({ kernel, dtype }) => dtype === KERNELS[kernel].dtypes[0]);
  const others = own.filter((one) => !first.includes(one));
  const streams = STREAMS.flatMap((stream) =>
    STREAM_KERNELS.map((kernel) => ({
      kernel,
      dtype: 'float32' as const,
      math: 'exact' as const,
      stream,
      log2,
    })),
  );
  const all: KernelItem[] = [...first, ...others, ...streams];
  return all.filter(wanted);
}

function named({ kernel, dtype, math, stream, log2 }: KernelItem): { name: string } {
  const words = [kernel, stream ?? '', math === 'native' ? 'native' : '', dtype];
  return { name: `${words.filter((word) => word !== '').join(' ')} 2^${log2}` };
}
