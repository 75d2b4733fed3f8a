import { link } from 'wesl/core';
import { readShaders } from '../../tools/wgsl_plugin';

/** Plain WGSL of a test's own root module, which may import from shaders/ as `package::…`. */
export async function linkTestKernel(root: string): Promise<string> {
  const linked = await link({
    rootModuleName: 'test_kernel',
    weslSrc: { ...readShaders(), 'test_kernel.wgsl': root },
  });
  return linked.dest;
}
