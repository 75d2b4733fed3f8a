import { type Compiled, compileKernels } from '../../src/backends/cpu/wasm/kernels';

/** The kernels of the fast CPU path, which every machine that tests has. */
export async function compiledKernels(): Promise<Compiled> {
  const kernels = await compileKernels();
  if ('missing' in kernels) throw new Error(kernels.missing);
  return kernels;
}
