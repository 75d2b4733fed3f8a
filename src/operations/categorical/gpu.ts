import { body as aligned, edge as unaligned } from '../../../shaders/operations/categorical.wgsl';
import { body as filters } from '../../../shaders/operations/filters.wgsl';
import { body as settle } from '../../../shaders/operations/settle.wgsl';
import { STORAGE } from '../../backends/gpu/device/buffer';
import type { Owned } from '../../backends/gpu/device/owned';
import { float32Bits } from '../../core/bit_pattern';
import { HALF } from '../gpu/half';
import type { Kernel } from '../gpu/pipelines';
import type { KernelCall } from '../gpu/program';
import type { Batch, CategoricalPlan } from './plan';
import { type Categorical, firstElement, type LogitsDtype } from './options';

function categoricalKernel(asked: Categorical, dtype: LogitsDtype, plan: CategoricalPlan): Kernel {
  const { threads, vectors } = plan;
  const greedy = Number(asked.temperature.greedy);
  const limited = Number(asked.filters !== undefined);
  return {
    id: `categorical ${dtype} ${greedy}${limited}${Number(vectors)} ${threads}`,
    code: vectors ? aligned : unaligned,
    bindings: ['write', 'read', 'read', 'read'],
    constants: { HALF: HALF[dtype], GREEDY: greedy, LIMITED: limited, WORKGROUP_SIZE: threads },
  };
}

function filtersKernel(dtype: LogitsDtype, threads: number): Kernel {
  return {
    id: `filters ${dtype} ${threads}`,
    code: filters,
    bindings: ['write', 'read'],
    constants: { HALF: HALF[dtype], WORKGROUP_SIZE: threads },
  };
}

const SETTLE: Kernel = {
  id: 'settle',
  code: settle,
  bindings: ['write', 'read'],
  constants: { WORKGROUP_SIZE: 64 },
};

/** The kernels that a choice needs. */
export function kernelsOf(asked: Categorical, dtype: LogitsDtype, plan: CategoricalPlan): Kernel[] {
  const needed = [categoricalKernel(asked, dtype, plan), SETTLE];
  return asked.filters === undefined ? needed : [filtersKernel(dtype, plan.threads), ...needed];
}

/** What the kernels read and write. */
export interface CategoricalBuffers {
  readonly logits: GPUBuffer;
  /** Two words. */
  readonly key: GPUBuffer;
  readonly output: GPUBuffer;
  /** The byte at which the results begin, a multiple of 4. */
  readonly outputOffset: number;
}

/** The calls that choose a column of each row. */
export function categoricalCalls(
  device: GPUDevice,
  asked: Categorical,
  dtype: LogitsDtype,
  plan: CategoricalPlan,
  { logits, key, output, outputOffset }: CategoricalBuffers,
  owned: Owned,
): KernelCall[] {
  const { threads, parts, batches } = plan;
  if (batches.length === 0) return [];
  const best = owned.add(
    device.createBuffer({
      label: 'tensorseed candidates',
      size: 16 * parts * batches[0].rows, // The first batch is the largest.
      usage: STORAGE,
    }),
  );
  const limits =
    asked.filters &&
    owned.add(device.createBuffer({ label: 'tensorseed limits', size: 8 * batches[0].rows, usage: STORAGE }));
  const kernel = categoricalKernel(asked, dtype, plan);
  const alignment = device.limits.minStorageBufferOffsetAlignment;
  return batches.flatMap((batch): KernelCall[] => {
    const at = outputOffset + 4 * batch.first;
    const from = at - (at % alignment);
    const binding = { buffer: output, offset: from, size: at - from + 4 * batch.rows };
    const source = { buffer: logits, offset: batch.offset, size: batch.size };
    const filtering = limits && {
      kernel: filtersKernel(dtype, threads),
      buffers: [{ buffer: limits }, source],
      params: filterParamsOf(asked, batch),
      workgroups: [batch.rows, 1] as const,
    };
    return [
      ...(filtering === undefined ? [] : [filtering]),
      {
        kernel,
        buffers: [{ buffer: best }, source, { buffer: key }, { buffer: limits ?? key }],
        params: paramsOf(asked, plan, batch),
        workgroups: [parts, batch.rows],
      },
      {
        kernel: SETTLE,
        buffers: [binding, { buffer: best }],
        params: Uint32Array.of(parts, (at - from) / 4),
        workgroups: [batch.rows, 1],
      },
    ];
  });

  function filterParamsOf(
    { vocabulary, temperature, filters, samples }: Categorical,
    { base, phase }: Batch,
  ): Uint32Array {
    const { topK, topP, minP } = filters!;
    const { scale, exponent, inverse, unsure } = temperature;
    const words = [vocabulary, base, scale, exponent, topK, topP, minP, float32Bits(inverse), unsure];
    return Uint32Array.of(...words, samples, phase);
  }

  function paramsOf(
    { vocabulary, firstRow, temperature, samples }: Categorical,
    { parts, blocks }: CategoricalPlan,
    { first, base, phase }: Batch,
  ): Uint32Array {
    return Uint32Array.of(
      vocabulary,
      base,
      ...firstElement(firstRow * samples + first, vocabulary),
      parts,
      blocks,
      temperature.scale,
      temperature.exponent,
      float32Bits(temperature.inverse),
      temperature.unsure,
      samples,
      phase,
    );
  }
}
