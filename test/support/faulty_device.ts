/**
 * What goes wrong at a call: it throws or rejects, the error scope that is popped next reports an error, the
 * device seems to be lost, which is reported at once or some time later, or the device is really destroyed.
 */
export type Fault = 'throws' | 'is reported' | 'loses the device' | 'loses it, told late' | 'destroys it';

/** The methods at which something may go wrong. The others never throw, as WebGPU has them. */
const SYNCHRONOUS = new Set([
  'createBuffer',
  'createBindGroup',
  'createShaderModule',
  'createComputePipeline',
  'createBindGroupLayout',
  'createPipelineLayout',
  'getMappedRange',
]);
const ASYNCHRONOUS = new Set([
  'createComputePipelineAsync',
  'popErrorScope',
  'mapAsync',
  'onSubmittedWorkDone',
]);
const OTHERS = new Set(['createCommandEncoder', 'submit', 'writeBuffer', 'pushErrorScope']);

const LATE_MS = 30;

/** A GPUPipelineError, an OperationError or the like. */
class WebGpuError extends Error {}

/** A device at one of whose calls something goes wrong. All its buffers are known. */
export class FaultyDevice {
  readonly device: GPUDevice;
  /** The buffers that were made and not destroyed. */
  readonly alive = new Set<GPUBuffer>();
  /** The names of all calls so far. */
  readonly calls: string[] = [];
  private isLost = false;
  private reports = false;

  /** @param at the number of the call, from 0 on; Infinity for a device without a fault */
  constructor(
    real: GPUDevice,
    private readonly fault: Fault,
    private readonly at: number,
  ) {
    let tell!: () => void;
    const lost = new Promise<GPUDeviceLostInfo>((resolve) => {
      tell = () => resolve({ reason: 'unknown', message: 'pulled out' } as GPUDeviceLostInfo);
    });
    const lose = { 'loses the device': tell, 'loses it, told late': () => setTimeout(tell, LATE_MS) };
    this.strike = (): void => {
      if (fault === 'destroys it') real.destroy();
      else if (fault === 'is reported') this.reports = true;
      else if (fault !== 'throws') {
        this.isLost = true;
        lose[fault]();
      }
    };
    const queue = this.proxy(real.queue, {});
    this.device = this.proxy(real, fault === 'destroys it' ? { queue } : { lost, queue });
  }

  /** Makes the fault happen, unless it is that the call itself throws. */
  private readonly strike: () => void;

  private proxy<T extends object>(target: T, own: object): T {
    return new Proxy(target, {
      get: (_, name: string) => {
        if (name in own) return own[name as keyof typeof own];
        const value = target[name as keyof T];
        return typeof value === 'function' ? (...args: unknown[]) => this.call(target, name, args) : value;
      },
    });
  }

  private call(target: object, name: string, args: unknown[]): unknown {
    const method = (target as Record<string, (...args: unknown[]) => unknown>)[name];
    const run = (): unknown => method.apply(target, args);
    if (!SYNCHRONOUS.has(name) && !ASYNCHRONOUS.has(name) && !OTHERS.has(name)) return run();
    const isAt = this.calls.length === this.at;
    this.calls.push(name);
    if (isAt) this.strike();
    if (isAt && this.fault === 'throws' && !OTHERS.has(name)) {
      const error = new WebGpuError(`${name} failed\n    at a call`);
      if (SYNCHRONOUS.has(name)) throw error;
      if (name === 'popErrorScope') void run();
      return Promise.reject(error);
    }
    if (name === 'popErrorScope' && this.reports) {
      this.reports = false;
      void run();
      return Promise.resolve({ message: 'reported\n    at a call' });
    }
    if (this.isLost && (name === 'submit' || name === 'writeBuffer')) return undefined;
    if (this.isLost && name === 'mapAsync') return Promise.reject(new WebGpuError('the device is lost'));
    if (this.isLost && name === 'onSubmittedWorkDone') return Promise.resolve(undefined);
    const result = run();
    if (name === 'createBuffer') this.watch(result as GPUBuffer);
    return result;
  }

  private watch(buffer: GPUBuffer): void {
    this.alive.add(buffer);
    const prototype = Object.getPrototypeOf(buffer) as GPUBuffer;
    buffer.destroy = (): undefined => {
      this.alive.delete(buffer);
      return prototype.destroy.call(buffer);
    };
    const target = {
      mapAsync: prototype.mapAsync.bind(buffer),
      getMappedRange: prototype.getMappedRange.bind(buffer),
    };
    buffer.mapAsync = (...args) => this.call(target, 'mapAsync', args) as Promise<undefined>;
    buffer.getMappedRange = (...args) => this.call(target, 'getMappedRange', args) as ArrayBuffer;
  }
}
