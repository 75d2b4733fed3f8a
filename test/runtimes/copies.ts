/** Bytes of uniforms and counters at most, where no tensor of the tests is among them. */
export const FEW = 4096;

/** Bytes between host and GPU, and of buffers made, on whatever device of the page. */
export interface Copies {
  uploaded: number;
  downloaded: number;
  allocated: number;
}

/** Counts while `work` runs, by all ways that WebGPU has, and by the canvas that tf.js reads through when in haste. */
export async function countCopies<T>(work: () => Promise<T>): Promise<{ result: T; copies: Copies }> {
  const copies: Copies = { uploaded: 0, downloaded: 0, allocated: 0 };
  const restore = [
    patch(GPUDevice.prototype, 'createBuffer', (buffer) => (copies.allocated += buffer.size)),
    patch(GPUQueue.prototype, 'writeBuffer', (_, [, , data, offset = 0, size]) => {
      const unit = 'BYTES_PER_ELEMENT' in data ? Number(data.BYTES_PER_ELEMENT) : 1;
      copies.uploaded += size === undefined ? data.byteLength - offset * unit : size * unit;
    }),
    patch(GPUQueue.prototype, 'writeTexture', (_, [, data]) => (copies.uploaded += data.byteLength)),
    patch(GPUQueue.prototype, 'copyExternalImageToTexture', () => (copies.uploaded += Infinity)),
    patch(GPUBuffer.prototype, 'getMappedRange', (range, _, buffer) => {
      copies[buffer.usage & GPUBufferUsage.MAP_READ ? 'downloaded' : 'uploaded'] += range.byteLength;
    }),
    patch(
      OffscreenCanvasRenderingContext2D.prototype,
      'getImageData',
      ({ data }) => (copies.downloaded += data.byteLength),
    ),
  ];
  try {
    return { result: await work(), copies };
  } finally {
    for (const one of restore) one();
  }
}

/** Calls `seen` after each call of a method. @returns what puts the method back */
function patch<Type, Name extends keyof Type>(
  prototype: Type,
  name: Name,
  seen: Type[Name] extends (...args: infer Args) => infer Result
    ? (result: Result, args: Args, self: Type) => void
    : never,
): () => void {
  const original = prototype[name] as (...args: unknown[]) => unknown;
  prototype[name] = function (this: Type, ...args: unknown[]) {
    const result = original.apply(this, args);
    (seen as (result: unknown, args: unknown[], self: Type) => void)(result, args, this);
    return result;
  } as never;
  return () => (prototype[name] = original as never);
}
