// GPUBufferUsage and GPUMapMode; the globals are missing where WebGPU is a package.
const MAP_READ = 0x1;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const QUERY_RESOLVE = 0x200;
const READ = 0x1;

/** Timestamps at the begin and the end of a compute pass. WebGPU may round them, browsers to 0.1 ms. */
export class Stopwatch {
  private readonly queries: GPUQuerySet;
  private readonly resolved: GPUBuffer;
  private readonly staging: GPUBuffer;

  private constructor(private readonly device: GPUDevice) {
    this.queries = device.createQuerySet({ type: 'timestamp', count: 2 });
    this.resolved = device.createBuffer({ size: 16, usage: QUERY_RESOLVE | COPY_SRC });
    this.staging = device.createBuffer({ size: 16, usage: MAP_READ | COPY_DST });
  }

  /** Undefined where the device has no timestamp queries. */
  static on(device: GPUDevice): Stopwatch | undefined {
    return device.features.has('timestamp-query') ? new Stopwatch(device) : undefined;
  }

  get writes(): GPUComputePassTimestampWrites {
    return { querySet: this.queries, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
  }

  /** Milliseconds of the last pass; undefined where the device gives no sense: some report 0. */
  async read(): Promise<number | undefined> {
    const encoder = this.device.createCommandEncoder();
    encoder.resolveQuerySet(this.queries, 0, 2, this.resolved, 0);
    encoder.copyBufferToBuffer(this.resolved, 0, this.staging, 0, 16);
    this.device.queue.submit([encoder.finish()]);
    await this.staging.mapAsync(READ);
    const [begin, end] = new BigUint64Array(this.staging.getMappedRange().slice(0));
    this.staging.unmap();
    return end > begin ? Number(end - begin) / 1e6 : undefined;
  }

  destroy(): void {
    this.queries.destroy();
    this.resolved.destroy();
    this.staging.destroy();
  }
}
