/**
 * In a process whose driver is RADV: compiles the kernels that stdin has as JSON, and marks on stderr where the
 * driver's output about each begins. With the argument `validate` it writes to stderr the first fault of each
 * instead, without a driver.
 */
import { readFileSync, writeSync } from 'node:fs';
import { create, globals } from 'webgpu';

Object.assign(globalThis, globals);
/**
 * What `create` returned. Adapters and devices do not keep Dawn's instance, and without it the process ends.
 *
 * @type {GPU[]}
 */
const instances = [];
/** @type {readonly import('./driver.mjs').RadvKernel[]} */
const kernels = JSON.parse(readFileSync(0, 'utf8'));
if (process.argv[2] === 'validate') await validate();
else await compile();
process.kill(process.pid, 'SIGKILL'); // The device that does nothing never becomes idle.

async function compile() {
  const device = await deviceOn('backend=vulkan');
  // From here on nothing may be waited for: the driver that does nothing would crash.
  for (const { name, code, entryPoint, constants, entries } of kernels) {
    writeSync(2, `KERNEL ${name}\n`);
    const layout =
      entries === undefined
        ? 'auto'
        : device.createPipelineLayout({ bindGroupLayouts: [device.createBindGroupLayout({ entries })] });
    const module = device.createShaderModule({ code });
    device.createComputePipeline({ layout, compute: { module, entryPoint, constants } });
  }
  writeSync(2, 'KERNEL \n');
}

async function validate() {
  const device = await deviceOn('backend=null');
  for (const { name, code } of kernels) {
    const { messages } = await device.createShaderModule({ code }).getCompilationInfo();
    const fault = messages.find(({ type }) => type === 'error');
    writeSync(2, `KERNEL ${name}\n${fault === undefined ? '' : `line ${fault.lineNum}: ${fault.message}`}\n`);
  }
  writeSync(2, 'KERNEL \n');
}

/** @param {string} backend */
async function deviceOn(backend) {
  const gpu = create([backend]);
  instances.push(gpu);
  const adapter = await gpu.requestAdapter();
  if (adapter === null) throw new Error(`no adapter with ${backend}`);
  return adapter.requestDevice();
}
