import type { QrKernels } from '../wasm/qr_panels';
import { QrPart } from '../wasm/qr_part';

/** What a thread that helps with factorizations can be asked. A panel is named by its first column. */
export interface QrCalls {
  /** Begins a factorization. */
  open(rows: number, columns: number): void;
  /** Takes V and T of a panel. */
  setReflectors(first: number, reflectors: Float64Array): void;
  /** Takes the columns of a panel. */
  put(first: number, columns: Float64Array): void;
  /** Gives the columns of a panel away. */
  take(first: number): Float64Array<ArrayBuffer>;
  /** Factors a panel and gives V and T. */
  factor(first: number): Float64Array<ArrayBuffer>;
  /** Turns a panel from V into unit columns and gives V and T. */
  unpack(first: number): Float64Array<ArrayBuffer>;
  /** Applies the reflectors of a panel to panels that are here, and gives the milliseconds that it took. */
  apply(first: number, transposed: boolean, panels: readonly number[]): number;
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

/** The factorizations with which a thread helps. */
export class QrHelper {
  private readonly parts = new Map<number, QrPart>();

  constructor(private readonly module: WebAssembly.Module) {}

  /**
   * The result of a call, or undefined where there was not enough memory, for this call or one before. A call
   * without a result gives true.
   */
  answer({ qr, call, args }: QrRequest): Float64Array<ArrayBuffer> | number | true | undefined {
    if (call !== 'open' && !this.parts.has(qr)) return undefined;
    try {
      const answer = this.callsOf(qr)[call] as (
        ...args: readonly unknown[]
      ) => ReturnType<QrCalls[typeof call]>;
      const result = answer(...args);
      return result === undefined ? true : result;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.parts.delete(qr);
      return undefined;
    }
  }

  private callsOf(qr: number): QrCalls {
    const { parts } = this;
    const part = (): QrPart => parts.get(qr)!;
    return {
      open: (rows, columns) => {
        const { exports } = new WebAssembly.Instance(this.module);
        parts.set(qr, new QrPart(exports as unknown as QrKernels, rows, columns));
      },
      setReflectors: (first, reflectors) => part().setReflectors(first, reflectors),
      put: (first, columns) => part().put(first, columns),
      take: (first) => part().take(first),
      factor(first) {
        part().factor(first, 0, part().width(first));
        return part().reflectors(first);
      },
      unpack(first) {
        part().unpack(first);
        return part().reflectors(first);
      },
      apply(first, transposed, panels) {
        const begun = performance.now();
        for (const panel of panels) part().apply(first, transposed, panel, panel + part().width(panel));
        return performance.now() - begun;
      },
      close: () => void parts.delete(qr),
    };
  }
}
