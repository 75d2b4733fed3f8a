import { host } from '../../../core/current_host';
import type { Watch } from '../../../core/watch';
import type { Computer, Elements, Factorization, Patterns } from '../computer';
import type { FastOptions } from '../options';
import { REFERENCE } from '../reference/reference';
import type { Thread } from '../threads/thread';
import type { Threads } from '../threads/threads';
import { inTurns } from '../turns';
import { type Engine, fastStream, type Stream } from './engine';
import { compileKernels, type Missing } from './kernels';
import type { QrMemory } from './qr';

/** The calling thread copies what the others compute, and more of them would wait for it. */
const MOST_THREADS = 8;

/** Fewer elements are computed before a thread has started. */
const WORTH_THREADS = 2 ** 20;

/** The first part has so many. With 64 attempts for each element they take some 20 ms. */
const LEAST_ELEMENTS = 2 ** 15;

/**
 * Computes with WebAssembly and its SIMD, on several threads. The reference computes what has no kernel
 * there.
 */
export class Fast implements Computer {
  readonly path = 'fast';
  /** How often it was destroyed. A computation that began before starts no threads any more. */
  private destroyed = 0;
  private threads: Threads | undefined;
  private qrMemory: QrMemory | undefined;

  private constructor(
    private readonly engine: Engine,
    private readonly module: WebAssembly.Module,
    /** The number of threads to use at most, this one included. */
    private readonly most: number,
    private readonly workerUrl: string | undefined,
  ) {}

  /** @throws DeviceError where a URL of the options does not give what it should */
  static async open({ threads, wasmUrl, workerUrl }: FastOptions): Promise<Fast | Missing> {
    const kernels = await compileKernels(wasmUrl);
    if ('missing' in kernels) return kernels;
    const most = threads === undefined ? Math.min(host().processors(), MOST_THREADS) : threads;
    return new Fast(kernels.engine, kernels.module, most, workerUrl);
  }

  get description(): string {
    const threads =
      this.most === 1 ? '1 thread' : (this.threads?.description ?? `up to ${this.most} threads`);
    return `WebAssembly SIMD, ${threads}`;
  }

  usesOneThread(elements: Elements): boolean {
    return fastStream(elements) === undefined && REFERENCE.usesOneThread(elements);
  }

  async fill(elements: Elements, start: number, out: Patterns, watch: Watch): Promise<void> {
    const stream = fastStream(elements);
    if (stream === undefined) return REFERENCE.fill(elements, start, out, watch);
    if (this.most === 1 || out.length < WORTH_THREADS) return this.fillHere(stream, start, out, watch);
    const { destroyed } = this;
    const threads = await this.openThreads();
    const mayStart = (): boolean => this.destroyed === destroyed;
    return threads.fill(stream, start, out, watch, mayStart);
  }

  private async openThreads(): Promise<Threads> {
    const { Threads } = await import('../threads/threads');
    this.threads ??= new Threads(this.module, this.most, this.workerUrl, (...part) => this.fillHere(...part));
    return this.threads;
  }

  private fillHere(stream: Stream, start: number, out: Patterns, watch: Watch): Promise<void> {
    return inTurns(out, LEAST_ELEMENTS, watch, (at, part) => this.engine.fill(stream, start + at, part));
  }

  async qr(
    load: () => Promise<Float32Array>,
    rows: number,
    columns: number,
    pause: () => Promise<void>,
  ): Promise<Factorization> {
    const { QrMemory } = await import('./qr');
    this.qrMemory ??= new QrMemory(this.module);
    const { destroyed } = this;
    const crew = async (): Promise<() => readonly Thread[]> => {
      const threads = await this.openThreads();
      return () => (this.destroyed === destroyed ? threads.ready() : []);
    };
    const helpers = this.most > 1 ? crew : undefined;
    const found = await this.qrMemory.factorization(load, rows, columns, pause, helpers);
    return found ?? REFERENCE.qr(load, rows, columns, pause);
  }

  destroy(): void {
    this.destroyed++;
    this.threads?.leave();
    this.qrMemory?.clear();
  }
}
