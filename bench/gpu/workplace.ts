import { freemem } from 'node:os';
import { Sampler } from '../../src/index';
import { Memory } from '../throughput/memory';
import { DoesNotFit } from '../throughput/reasons';
import { DRAWS } from '../throughput/draws';
import type { Card } from './card';
import { openCopy, openFill, type PlacedTensor } from './fills';
import { type Warm, warmUp } from './measure';

/** Vendors whose cards have memory of their own. What others take is the memory of the processor. */
const OWN_MEMORY = /nvidia|amd/i;
/** The share of the free memory that may be taken where it is the processor's. */
const MOST_SHARED = 0.4;

/** A card with a sampler on it, and memory that items share: what they write, and what is copied into it. */
export class Workplace {
  readonly sampler: Sampler;
  private target: Held | undefined;
  private source: Held | undefined;
  /** By their bytes. */
  private readonly made = new Map<number, Limits>();

  /** @param vendor of the adapter, and whether it computes on the CPU */
  constructor(
    readonly card: Card,
    private readonly adapter: { readonly vendor: string; readonly software: boolean | null },
  ) {
    this.sampler = Sampler.on(card.device);
  }

  /** Whether what the card takes is the processor's memory. */
  get sharesMemory(): boolean {
    return this.adapter.software === true || !OWN_MEMORY.test(this.adapter.vendor);
  }

  /**
   * Refuses what would take too much of the processor's memory, which no driver refuses.
   * @throws DoesNotFit
   */
  checkMemory(bytes: number): void {
    if (!this.sharesMemory) return;
    // Node takes it from /proc, and says 0 where that is missing.
    const available = process.availableMemory?.() ?? 0;
    const most = MOST_SHARED * (available > 0 ? available : freemem());
    if (bytes > most)
      throw new DoesNotFit(
        `it would take ${gigabytes(bytes)} of the processor's memory, of which ${gigabytes(most)} may be taken`,
      );
  }

  /** Memory for at least so many bytes, which is written. @throws DoesNotFit */
  async memory(bytes: number): Promise<GPUBuffer> {
    this.target = await this.held(this.target, bytes);
    return this.target.memory.gpu();
  }

  /** Memory of its own for so many bytes. @throws DoesNotFit */
  async newMemory(bytes: number): Promise<GPUBuffer> {
    this.checkMemory(bytes);
    return new Memory(this.card.device, bytes).gpu();
  }

  /**
   * A constant fill and a copy, of so many bytes of the shared memory, ready to be timed. They stay until other
   * memory is taken.
   * @throws DoesNotFit
   */
  async limits(bytes: number): Promise<Limits> {
    const target = await this.memory(bytes);
    const source = await this.sourceMemory(bytes);
    const known = this.made.get(bytes);
    if (known !== undefined) return known;
    const { card, sampler } = this;
    const constant = await openFill(card, sampler, [constantOf(target, bytes)]);
    const copy = openCopy(card, source, target, bytes);
    const limits = { constant: await warmUp(constant), copy: await warmUp(copy) };
    this.made.set(bytes, limits);
    return limits;
  }

  private async sourceMemory(bytes: number): Promise<GPUBuffer> {
    this.source = await this.held(this.source, bytes);
    return this.source.memory.gpu();
  }

  private async held(held: Held | undefined, bytes: number): Promise<Held> {
    if (held !== undefined && held.bytes >= bytes) return held;
    this.forgetLimits();
    held?.memory.free();
    this.checkMemory(bytes);
    return { bytes, memory: new Memory(this.card.device, bytes) };
  }

  /** Frees the shared memory, for what needs all that there is. */
  free(): void {
    this.forgetLimits();
    for (const held of [this.target, this.source]) held?.memory.free();
    this.target = this.source = undefined;
    this.card.device.queue.submit([]); // Dawn keeps the memory of destroyed objects until something is submitted.
  }

  private forgetLimits(): void {
    for (const { constant, copy } of this.made.values())
      for (const { repeatable } of [constant, copy]) repeatable.destroy();
    this.made.clear();
  }
}

/** What no draw can be faster than. */
export interface Limits {
  readonly constant: Warm;
  readonly copy: Warm;
}

interface Held {
  readonly bytes: number;
  readonly memory: Memory;
}

/** A constant that fills so many bytes, a multiple of 4, from the begin of a buffer. */
export function constantOf(buffer: GPUBuffer, bytes: number): PlacedTensor {
  const count = bytes / 4;
  const options = { seed: 0, dtype: 'float32' } as const;
  return { initializer: DRAWS.constant(), shape: [count], count, byteOffset: 0, options, bytes, buffer };
}

export function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(bytes < 1e9 ? 2 : 1)} GB`;
}
