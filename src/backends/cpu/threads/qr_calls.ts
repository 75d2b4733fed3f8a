import type { QrKernels } from '../wasm/qr_panels';
import { QrPart } from '../wasm/qr_part';

/** What a thread that helps with factorizations can be asked. A panel is named by its first column. */
export interface QrCalls extends Pick<
  QrPart,
  'setReflectors' | 'put' | 'take' | 'reflect' | 'release' | 'applyTo'
> {
  /** Begins a factorization. */
  open(rows: number, columns: number): void;
  /** Ends a factorization. */
  close(): void;
}

/** One call, as plain data. */
export interface QrRequest<Name extends keyof QrCalls = keyof QrCalls> {
  /** The factorization, by a number that the caller chose. */
  readonly qr: number;
  readonly call: Name;
  readonly args: Parameters<QrCalls[Name]>;
}

/** The factorizations with which this thread helps. */
const parts = new Map<number, QrPart>();

/**
 * The result of a call, or undefined where there was not enough memory, for this call or one before. A call without
 * a result gives true.
 */
export function answerQr(
  module: WebAssembly.Module,
  { qr, call, args }: QrRequest,
): Float64Array<ArrayBuffer> | number | true | undefined {
  try {
    if (call === 'open') {
      const { exports } = new WebAssembly.Instance(module);
      const [rows, columns] = args as Parameters<QrCalls['open']>;
      parts.set(qr, new QrPart(exports as unknown as QrKernels, rows, columns));
    } else if (call === 'close') parts.delete(qr);
    else {
      const part = parts.get(qr);
      if (part === undefined) return undefined;
      const method = part[call] as (
        ...args: readonly unknown[]
      ) => Float64Array<ArrayBuffer> | number | undefined;
      const result = method.apply(part, args);
      if (result !== undefined) return result;
    }
    return true;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    parts.delete(qr);
    return undefined;
  }
}
