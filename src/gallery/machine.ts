import { Sampler } from '../index';
import { messageOf } from './dom';
import type { Machine } from './panel';

/** The waits before another device is asked for, in ms. A driver that starts again may take seconds. */
const RETRIES_MS = [0, 300, 1000, 3000, 6000];

/** The samplers of the page. A lost device is replaced by one of a new adapter. */
export class PageMachine implements Machine {
  gpu: Sampler | undefined;
  /** What the visitor is told: which devices there are, or what went wrong. */
  status = 'Asking for a GPU …';
  /** 'none' means that there will be no GPU: WebGPU is missing, or no adapter came back. */
  state: 'opening' | 'ready' | 'none' = 'opening';
  private readonly listeners: (() => void)[] = [];
  private losses = 0;

  private constructor(readonly cpu: Sampler) {}

  static async open(): Promise<PageMachine> {
    const cpu = await Sampler.create({ backend: 'cpu' });
    await cpu.load(); // because check cannot
    const machine = new PageMachine(cpu);
    await machine.openGpu();
    return machine;
  }

  get device(): GPUDevice | undefined {
    return this.gpu?.device;
  }

  get adapter(): GPUAdapterInfo | undefined {
    return this.device?.adapterInfo;
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Asks for a GPU again. */
  async retry(): Promise<void> {
    await this.openGpu();
    this.announce();
  }

  private async openGpu(): Promise<void> {
    const missing = missingWebGpu();
    if (missing !== undefined) {
      this.state = 'none';
      this.status = missing;
      return;
    }
    try {
      const gpu = await Sampler.create({ backend: 'gpu' });
      this.gpu = gpu;
      this.state = 'ready';
      this.status =
        this.losses === 0
          ? ''
          : 'The GPU device was lost and another one has taken its place. Everything has been drawn again.';
      void gpu.device!.lost.then((info) => this.recover(gpu, info));
    } catch (error) {
      this.state = 'none';
      this.status = `No GPU: ${messageOf(error)}. All values come from the CPU, and are the same.`;
    }
  }

  private async recover(lost: Sampler, { reason, message }: GPUDeviceLostInfo): Promise<void> {
    if (this.gpu !== lost) return;
    this.losses++;
    this.gpu = undefined;
    this.state = 'opening';
    this.status = `The GPU device was lost (${reason === 'destroyed' ? 'destroyed' : message || 'no reason given'}). Asking for another one; the CPU goes on meanwhile.`;
    this.announce();
    for (const wait of RETRIES_MS) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      await this.openGpu();
      if (this.gpu !== undefined) break;
    }
    this.announce();
  }

  private announce(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Why there is no WebGPU, or undefined where there is. */
function missingWebGpu(): string | undefined {
  if (navigator.gpu !== undefined) return undefined;
  const why = isSecureContext
    ? 'This browser has no WebGPU'
    : 'WebGPU needs a secure page: https, localhost or a file';
  return `${why}. All values come from the CPU: the same bits, a little later.`;
}
