import { isSoftware } from '../../backends/gpu/device/adapter_kind';
import { bytesPerElement } from '../../core/dtype';
import { checkStorage } from '../gpu/memory';
import { checkPlace, type HostElements, hostElements } from '../memory';
import { type Categorical, LOGITS_DTYPES, type LogitsDtype, rowsOf } from './options';
import { BUSY, type CategoricalPlan, planCategorical } from './plan';

/** Where a choice on a GPU reads and writes, checked. */
export interface Places {
  /** The logits where they are on the host. */
  readonly host: HostElements | undefined;
  readonly dtype: LogitsDtype;
  readonly rows: number;
  readonly plan: CategoricalPlan;
}

/**
 * @throws ArgumentError where memory is no such, or too small
 * @throws DeviceError where a row does not fit in a binding
 */
export function placesOnGpu(device: GPUDevice, asked: Categorical, logits: unknown, buffer: unknown): Places {
  const host = ArrayBuffer.isView(logits)
    ? hostElements('logits', logits, asked.dtype, LOGITS_DTYPES)
    : undefined;
  const dtype = (host === undefined ? (asked.dtype ?? 'float32') : host.dtype) as LogitsDtype;
  const bytes = host === undefined ? checkStorage(device, 'logits', logits) : host.patterns.byteLength;
  const offset = host === undefined ? checkPlace('logitsOffset', asked.logitsOffset, 0, dtype, bytes) : 0;
  const { samples } = asked;
  const rows = rowsOf(asked, Math.floor((bytes - offset) / bytesPerElement(dtype)));
  if (buffer !== undefined)
    checkPlace(
      'byteOffset',
      asked.byteOffset,
      rows * samples,
      'uint32',
      checkStorage(device, 'buffer', buffer),
    );
  const whole = Math.ceil(bytes / 4) * 4; // what an upload makes of the bytes
  return {
    host,
    dtype,
    rows,
    plan: planCategorical(
      rows,
      asked.vocabulary,
      dtype,
      offset,
      whole,
      device.limits,
      busyOn(device),
      samples,
    ),
  };
}

function busyOn(device: GPUDevice): number {
  const info = device.adapterInfo as GPUAdapterInfo | undefined; // Not every implementation has it.
  return info !== undefined && isSoftware(info) ? BUSY.software : BUSY.gpu;
}
