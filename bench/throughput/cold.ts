import type { BackendChoice } from '../../src/index';
import { coldStart, type Library } from './cold_start';

function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

// A process of its own for each cold start; its arguments are the URL of the built library, and the backend.
const result = await coldStart(
  () => import(/* @vite-ignore */ process.argv[2]) as Promise<Library>,
  process.argv[3] as BackendChoice,
  cpuTime,
);
process.send!(result, () => process.exit(0)); // Dawn's threads would keep the process
