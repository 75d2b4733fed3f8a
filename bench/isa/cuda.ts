import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, show } from '../../src/core/errors';
import { command } from '../../tools/command.mjs';
import type { Case } from './cases';
import type { Program } from './program';
import { parseSass } from './nvidia';
import { translate, type Translation } from './translate';
import header from './wgsl.h?raw';

/** NVIDIA's compilers. */
export interface Toolkit {
  readonly cicc: string;
  readonly ptxas: string;
  readonly nvdisasm: string;
}

/** Where the programs are: in Debian's package, unpacked or installed, and in NVIDIA's own. */
const PLACES = {
  cicc: ['usr/lib/nvidia-cuda-toolkit/bin/cicc', 'lib/nvidia-cuda-toolkit/bin/cicc', 'nvvm/bin/cicc'],
  ptxas: ['usr/bin/ptxas', 'bin/ptxas'],
  nvdisasm: ['usr/bin/nvdisasm', 'bin/nvdisasm'],
};

export const WITHOUT_CUDA =
  "NVIDIA's cards are left out: cicc, ptxas and nvdisasm of CUDA 12 not found; install Debian's nvidia-cuda-toolkit, or unpack it (apt-get download nvidia-cuda-toolkit; dpkg -x nvidia-cuda-toolkit_*.deb FOLDER) and give --cuda FOLDER";

/**
 * @param asked the folder of --cuda
 * @returns undefined where it is nowhere
 * @throws ArgumentError where it is not in the folder
 */
export function findToolkit(asked: string | undefined): Toolkit | undefined {
  const folders = asked === undefined ? [process.env.CUDA_HOME ?? '', '/usr', '/usr/local/cuda'] : [asked];
  for (const folder of folders.filter((one) => one !== '')) {
    const find = (places: readonly string[]): string | undefined =>
      places.map((place) => join(folder, place)).find((path) => existsSync(path));
    const [cicc, ptxas, nvdisasm] = [find(PLACES.cicc), find(PLACES.ptxas), find(PLACES.nvdisasm)];
    if (cicc !== undefined && ptxas !== undefined && nvdisasm !== undefined) return { cicc, ptxas, nvdisasm };
  }
  if (asked === undefined) return undefined;
  throw new ArgumentError(
    `--cuda must be a folder with cicc, ptxas and nvdisasm, as nvidia-cuda-toolkit has them, got ${show(asked)}`,
  );
}

/** What stands behind a kernel for CUDA: its entry point. The host's pointers come as arguments. */
function entryOf({ entryPoints, bindings, shared }: Translation, entryPoint: string): string {
  const parameters = bindings.map(
    ({ name, element, writable }) => `${writable ? '' : 'const '}${element}* __restrict__ ${name}`,
  );
  const fields = bindings.map(({ name, binding, sized }) =>
    sized ? name : `{${name}, lengths[${binding}]}`,
  );
  const values: Record<string, string> = {
    global_invocation_id: 'vec3u(blockIdx.x * WORKGROUP_SIZE + threadIdx.x, blockIdx.y, blockIdx.z)',
    workgroup_id: 'vec3u(blockIdx.x, blockIdx.y, blockIdx.z)',
    num_workgroups: 'vec3u(gridDim.x, gridDim.y, gridDim.z)',
    local_invocation_id: 'vec3u(threadIdx.x, 0u, 0u)',
    local_invocation_index: 'threadIdx.x',
  };
  const args = entryPoints.get(entryPoint)!.map((name) => {
    if (!Object.hasOwn(values, name))
      throw new Error(`the translation to CUDA does not know @builtin(${name})`);
    return values[name];
  });
  return `using namespace wgsl;
extern "C" __attribute__((global)) void kernel(${[...parameters, 'const u32* lengths'].join(', ')}) {
${shared.map((name) => `  zero(${name}, threadIdx.x, WORKGROUP_SIZE);`).join('\n')}
${shared.length > 0 ? '  workgroupBarrier();' : ''}
  Kernel state = {${fields.join(', ')}};
  state.fn_${entryPoint}(${args.join(', ')});
}
`;
}

/**
 * What NVIDIA's compilers make of a kernel.
 * @param cards such as sm_90
 */
export async function compileCuda(
  { cicc, ptxas, nvdisasm }: Toolkit,
  { code, entryPoint, constants }: Pick<Case, 'code' | 'entryPoint' | 'constants'>,
  cards: readonly string[],
): Promise<Map<string, Program>> {
  const translation = translate(code, constants);
  const folder = await mkdtemp(join(tmpdir(), 'tensorseed-cuda-'));
  try {
    await writeFile(
      join(folder, 'kernel.ii'),
      `${header}${translation.code}${entryOf(translation, entryPoint)}`,
    );
    const options =
      '--c++17 --gnu_version=120200 -arch compute_80 -m64 -ftz=0 -prec_div=1 -prec_sqrt=1 -fmad=1 --no-version-ident --orig_src_file_name kernel.cu --gen_c_file_name t.c --stub_file_name t.stub.c --gen_device_file_name t.gpu --include_file_name t.fatbin.c -tused kernel.ii -o kernel.ptx';
    await command(cicc, options.split(' '), { cwd: folder });
    const programs = new Map<string, Program>();
    for (const card of cards) {
      const report = await command(ptxas, [`-arch=${card}`, '-v', 'kernel.ptx', '-o', 'kernel.cubin'], {
        cwd: folder,
      });
      const sass = await command(nvdisasm, ['-c', 'kernel.cubin'], { cwd: folder });
      programs.set(card, parseSass(sass, report));
    }
    return programs;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
