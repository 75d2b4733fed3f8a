import type { BackendChoice } from '../../src/index';
import { coldStart, type Library } from './cold_start';

// A process of its own for each cold start; its arguments are the URL of the built library, and the backend.
const result = await coldStart(
  () => import(/* @vite-ignore */ process.argv[2]) as Promise<Library>,
  process.argv[3] as BackendChoice,
);
process.send!(result, () => process.exit(0)); // Dawn's threads would keep the process
