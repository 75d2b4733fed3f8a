import type { Sampler } from '../index';

/**
 * The samplers of the page; `gpu` is undefined without
 * WebGPU or after the device was lost and not yet recovered.
 */
export interface Machine {
  /** On a GPUDevice of the page's own. */
  readonly gpu: Sampler | undefined;
  /** WebAssembly threads. */
  readonly cpu: Sampler;
  /** The device behind `gpu`. */
  readonly device: GPUDevice | undefined;
  /** What `device` says it is; limits and features are the device's. */
  readonly adapter: GPUAdapterInfo | undefined;
  /** Calls `listener` when the device was lost, and again when another one has taken its place. */
  onChange(listener: () => void): void;
}

/**
 * A panel fills its <section>; it never throws out of the call, shows its
 * faults in the page, and heeds the page's theme by CSS custom properties only.
 */
export type Panel = (section: HTMLElement, machine: Machine) => void;
