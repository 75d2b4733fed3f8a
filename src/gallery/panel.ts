import type { Sampler } from '../index';

/**
 * The samplers of the page. `gpu` is undefined where there is no WebGPU, and from the loss of a device until
 * there is another one.
 */
export interface Machine {
  /** A sampler on a GPUDevice of the page's own. */
  readonly gpu: Sampler | undefined;
  /** A sampler on the CPU, with WebAssembly and threads. */
  readonly cpu: Sampler;
  /** The device behind `gpu`. */
  readonly device: GPUDevice | undefined;
  /** What the adapter says that it is, with the limits and the features of `device`. */
  readonly adapter: GPUAdapterInfo | undefined;
  /** Calls `listener` when the device was lost, and again when another one has taken its place. */
  onChange(listener: () => void): void;
}

/**
 * A panel fills its <section>. It throws no error, but shows its faults in the page. It follows the theme of
 * the page by CSS custom properties only.
 */
export type Panel = (section: HTMLElement, machine: Machine) => void;
