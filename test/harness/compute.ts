/** A kernel for a test of shader functions: plain JSON, so that it can travel into a page. */
export interface ComputeRequest {
  /** Linked WGSL: binding 0 is the output, binding 1 the input, arrays of 4-byte words. */
  code: string;
  /** Default `main`. */
  entryPoint?: string;
  input: number[];
  /** Words of a uniform, where there is one. */
  uniform?: number[];
  /** The binding of the uniform. Default 2; with 1 there is no input. */
  uniformBinding?: number;
  /** Values of overrides. */
  constants?: Record<string, number>;
  outputWords: number;
  workgroups: number;
  /** The workgroups in y. Default 1. */
  rows?: number;
}

/** Runs one dispatch and returns what it wrote. */
export async function computeWords(device: GPUDevice, request: ComputeRequest): Promise<Uint32Array> {
  const storage = (size: number, usage: number): GPUBuffer => device.createBuffer({ size, usage });
  const output = storage(4 * request.outputWords, 0x80 | 0x4);
  const staging = storage(4 * request.outputWords, 0x1 | 0x8);
  const input = storage(4 * request.input.length, 0x80 | 0x8);
  device.queue.writeBuffer(input, 0, new Uint32Array(request.input));
  const { uniformBinding = 2 } = request;
  const uniform = request.uniform && storage(4 * request.uniform.length, 0x40 | 0x8);
  if (uniform) device.queue.writeBuffer(uniform, 0, new Uint32Array(request.uniform!));
  const module = device.createShaderModule({ code: request.code });
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module, entryPoint: request.entryPoint ?? 'main', constants: request.constants ?? {} },
  });
  const bindGroup = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [
      { binding: 0, resource: { buffer: output } },
      ...(uniformBinding === 1 ? [] : [{ binding: 1, resource: { buffer: input } }]),
      ...(uniform ? [{ binding: uniformBinding, resource: { buffer: uniform } }] : []),
    ],
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  pass.dispatchWorkgroups(request.workgroups, request.rows ?? 1);
  pass.end();
  encoder.copyBufferToBuffer(output, 0, staging, 0, 4 * request.outputWords);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(0x1);
  const words = new Uint32Array(staging.getMappedRange().slice(0));
  for (const buffer of [output, staging, input, uniform]) buffer?.destroy();
  return words;
}
