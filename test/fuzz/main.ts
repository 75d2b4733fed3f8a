import { ArgumentError } from '../../src/core/errors';
import { grouped } from '../../src/text/numbers';
import { findVulkanDrivers } from '../../tools/find.mjs';
import { builtScript, commandsProperty } from './commands/property';
import { filesProperty } from './files/property';
import { libraryProperty, openMachines } from './library/property';
import { HELP, type Options, type Part, parseOptions } from './options';
import type { Property } from './property';
import { runProperty } from './run_property';

/** Dawn goes wrong where it is collected before its devices are. */
let gpu: GPU | undefined;

try {
  const options = parseOptions(process.argv.slice(2), Date.now());
  if (options === undefined) process.stdout.write(HELP);
  else process.exitCode = (await fuzz(options)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof ArgumentError)) throw error;
  console.error(`fuzz: ${error.message}`);
  process.exitCode = 2;
}
// Dawn's threads would keep the process alive.
process.exit();

/** @returns whether every promise was kept */
async function fuzz({ seed, minutes, parts, path }: Options): Promise<boolean> {
  console.log(`seed ${seed}`);
  for (const part of parts) {
    const property = await open(part);
    let inputs = 0;
    let said = Date.now();
    const onInput = (): void => {
      // Between two inputs, because a command that is tried has the console.
      if (Date.now() - said > 10_000) {
        said = Date.now();
        console.log(`${part}: ${grouped(inputs)} inputs so far`);
      }
      inputs++;
    };
    const milliseconds = (minutes * 60_000) / parts.length;
    const { failure } = await runProperty(property, { seed, path, milliseconds, onInput });
    property.close?.();
    if (failure === undefined) {
      console.log(`${part}: ${grouped(inputs)} inputs, no failure`);
      continue;
    }
    console.log(`${part}: failed. The smallest input found: ${failure.input}\n${failure.reason}`);
    console.log(`To replay it: npm run fuzz -- --only ${part} --seed ${seed} --path ${failure.path}`);
    return false;
  }
  return true;
}

async function open(part: Part): Promise<Property<any>> {
  if (part === 'files') return filesProperty();
  if (part === 'commands') return commandsProperty(builtScript(process.cwd()));
  const device = await openDevice();
  if (device === undefined) console.log('library: no WebGPU here, so the CPU paths are compared alone');
  return libraryProperty(await openMachines(device));
}

/** A device of Dawn's on lavapipe where that is installed, or else on any GPU. */
async function openDevice(): Promise<GPUDevice | undefined> {
  const { lavapipe } = findVulkanDrivers();
  if (lavapipe && process.env.VK_DRIVER_FILES === undefined)
    Object.assign(process.env, { VK_DRIVER_FILES: lavapipe, VK_ICD_FILENAMES: lavapipe });
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  gpu = create([]);
  const adapter = await gpu.requestAdapter();
  return (await adapter?.requestDevice()) ?? undefined;
}
