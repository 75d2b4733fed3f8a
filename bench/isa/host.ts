import { writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { paramsOf } from '../../src/backends/gpu/pipelines/params';
import { WORKGROUP_SIZE } from '../../src/backends/gpu/pipelines/variant';
import { type Dispatch, GROUP_BYTES } from '../../src/jobs/plan';
import { ask, command } from '../../tools/command.mjs';
import { nameInCpp, translate, type Translation } from './translate';
import header from './wgsl.h?raw';

/** Bindings by their numbers, as shaders/entry/store.wgsl, groups.wgsl and the kernels with an operand have them. */
const [OUTPUT, ROWS, OPERAND] = [0, 1, 2];

/** A C++ compiler for this machine; undefined where there is none. */
export function findCompiler(): string | undefined {
  return ['g++', 'clang++'].find((name) => ask(name, ['--version']) !== '');
}

/** A kernel as a program for the CPU. */
export class HostKernel {
  private constructor(private readonly program: string) {}

  /**
   * @param name of files in the folder
   * @param members the names of the kernel's parameters, as `paramsOf` gives them
   * @throws CommandError where the compiler refuses the translation
   */
  static async build(
    folder: string,
    name: string,
    compiler: string,
    wgsl: string,
    constants: Readonly<Record<string, number>>,
    members: readonly string[],
  ): Promise<HostKernel> {
    const translation = translate(wgsl, constants);
    const source = join(folder, `${name}.cpp`);
    await writeFile(source, `#define HOST\n${header}${translation.code}${mainOf(translation, members)}`);
    const program = join(folder, name);
    // WGSL's integers wrap around, and its products and sums of floats are rounded one by one.
    const options = ['-std=c++17', '-O2', '-fwrapv', '-ffp-contract=off', '-fno-strict-aliasing', '-w'];
    await command(compiler, [...options, source, '-o', program]);
    return new HostKernel(program);
  }

  /** The bytes that a dispatch writes. */
  async run(dispatch: Dispatch, operand: Uint32Array): Promise<Buffer> {
    const params = paramsOf(dispatch)
      .filter(([name]) => name !== '')
      .map(([, word]) => word);
    const head = Uint32Array.of(dispatch.workgroups, dispatch.groups, operand.length, ...params);
    const child = spawn(this.program, { stdio: ['pipe', 'pipe', 'inherit'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => {}); // It ended early, which its exit status tells.
    child.stdin.write(bytesOf(head));
    child.stdin.end(bytesOf(operand));
    const status = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    const bytes = Buffer.concat(chunks);
    if (status !== 0 || bytes.length !== dispatch.groups * GROUP_BYTES)
      throw new Error(`the kernel on the CPU ended with status ${status} and wrote ${bytes.length} bytes`);
    return bytes;
  }
}

function bytesOf(words: Uint32Array): Buffer {
  return Buffer.from(words.buffer, words.byteOffset, words.byteLength);
}

/** What the operand of a dispatch holds. A matrix is made up. */
export function operandOf({ params }: Dispatch): Uint32Array {
  if ('table' in params) return params.table;
  if (params.kernel !== 'orthogonal') return new Uint32Array(0);
  return Uint32Array.from({ length: 2 ** 20 }, (_, i) => Math.imul(i, 0x9e3779b9) & 0x3fffffff);
}

/**
 * Runs the invocations of a dispatch one after the other, so their entry point is `main`, which has no barriers. Its
 * input is what `run` writes.
 */
function mainOf({ entryPoints, bindings }: Translation, members: readonly string[]): string {
  const values: Record<string, string> = {
    global_invocation_id: `vec3u(group * ${WORKGROUP_SIZE}u + lane, 0u, 0u)`,
    workgroup_id: 'vec3u(group, 0u, 0u)',
    num_workgroups: 'vec3u(workgroups, 1u, 1u)',
    local_invocation_id: 'vec3u(lane, 0u, 0u)',
    local_invocation_index: 'lane',
  };
  const args = entryPoints.get('main')!.map((name) => {
    if (!Object.hasOwn(values, name))
      throw new Error(`the translation to C++ does not know @builtin(${name})`);
    return values[name];
  });
  const fields = bindings.map(({ binding, element }) => {
    if (binding === OUTPUT)
      return `{(${element}*)output.data(), ${GROUP_BYTES}u * groups / (u32)sizeof(${element})}`;
    if (binding === ROWS) return '&row';
    if (binding === OPERAND) return `{(const ${element}*)operand.data(), (u32)operand.size()}`;
    throw new Error(`no binding has the number ${binding}`);
  });
  return `
using namespace wgsl;
static u32 word() {
  u32 w;
  if (fread(&w, 4, 1, stdin) != 1) exit(1);
  return w;
}
int main() {
  const u32 workgroups = word(), groups = word(), length = word();
  Row row;
  memset((void*)&row, 0, sizeof row);
${members.map((name) => `  set_word(row.params.${name.split('.').map(nameInCpp).join('.')}, word());`).join('\n')}
  std::vector<u32> operand(length);
  for (u32& w : operand) w = word();
  std::vector<vec4u> output(groups);
  Kernel kernel = {${fields.join(', ')}};
  for (u32 group = 0; group < workgroups; group++)
    for (u32 lane = 0; lane < ${WORKGROUP_SIZE}u; lane++) kernel.fn_main(${args.join(', ')});
  return fwrite(output.data(), ${GROUP_BYTES}, groups, stdout) == groups ? 0 : 1;
}
`;
}
