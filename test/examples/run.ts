import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const folder = fileURLToPath(new URL('../../examples/', import.meta.url));

/** Every example with what must stand in its output. */
export const ON_CPU: Readonly<Record<string, RegExp>> = {
  'model_file.mjs': /out\/model\.safetensors has 4 tensors and 433636 bytes\./,
  'shards.mjs': /They are equal\./,
  'shuffle.mjs':
    /(Epoch \d: worker .*\n){4}Epoch 0: every example is read once\.\n(.*\n){4}Epoch 1: every example is read once\./,
  'tensor.mjs': /70003 of the whole: (.+)\n.+ by itself: +\1\n/,
  'tfjs_training.mjs': /The first two runs are equal\./,
};

/** Likewise, of those that need WebGPU. */
export const ON_GPU: Readonly<Record<string, RegExp>> = {
  'denoise.mjs': /Seed 42: clusters of \d+, \d+, \d+, \d+ points with a spread of 0\.10\nSeed 43: .* 0\.10\n/,
  'dropout.mjs':
    /Dropped 249859 of 1000000 elements at a rate of 0\.25\.\nThe backward kernel has the same mask\./,
  'own_buffer.mjs': /203264 of 203264 elements are equal to the CPU's\./,
  'reseed.mjs':
    /Step 0: first element 0\.087589, mean -0\.000456\n(.*\n){3}Step 4: first element -0\.029403, mean -0\.000264/,
  'sample_tokens.mjs':
    /^Alice was considering in her sister on the pleasure of a book, thought Alice, without pictures or conversations in it, and of \nThe CPU samples the same text\.$/m,
};

export const exampleFiles = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.mjs'))
    .sort();

export const examplePath = (name: string): string => `${folder}${name}`;

/**
 * Runs an example as a user does, on the built package, and returns what it prints.
 * @param cwd where it writes its files
 * @throws where it does not end with exit code 0
 */
export async function runExample(
  name: string,
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [examplePath(name)], {
    ...options,
    encoding: 'utf8',
  });
  return stdout;
}
