// GPUBufferUsage and GPUMapMode; the globals are missing where WebGPU is a package.
const MAP_READ = 0x1;
const COPY_DST = 0x8;
const READ = 0x1;

/** The bytes [byteOffset, byteOffset + byteLength) of a buffer, whatever their alignment. */
export async function readBuffer(
  device: GPUDevice,
  buffer: GPUBuffer,
  byteOffset: number,
  byteLength: number,
): Promise<ArrayBuffer> {
  // Copies are of whole words.
  const before = byteOffset % 4;
  const size = Math.ceil((before + byteLength) / 4) * 4;
  const staging = device.createBuffer({ size, usage: MAP_READ | COPY_DST });
  try {
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, byteOffset - before, staging, 0, size);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(READ);
    return staging.getMappedRange().slice(before, before + byteLength);
  } finally {
    staging.destroy();
  }
}
