/** The adapter that WebGPU gives for high performance, or null where it has none. */
export async function requestAdapter(gpu: GPU | undefined): Promise<GPUAdapter | null> {
  return (await gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? null;
}
