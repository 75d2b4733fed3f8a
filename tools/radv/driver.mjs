/**
 * What Mesa's compiler for AMD cards makes of kernels, on a Linux machine without such a card. It needs Mesa's driver
 * RADV, gcc, and the package `webgpu`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from '../command.mjs';

const PLACES = [
  '/usr/lib/x86_64-linux-gnu/libvulkan_radeon.so',
  '/usr/lib/aarch64-linux-gnu/libvulkan_radeon.so',
  '/usr/lib64/libvulkan_radeon.so',
  '/usr/lib/libvulkan_radeon.so',
];

/**
 * @typedef {object} RadvKernel
 * @property {string} name
 * @property {string} code WGSL
 * @property {string} [entryPoint] by default the only one that the code has
 * @property {Record<string, number>} [constants] its overrides
 * @property {GPUBindGroupLayoutEntry[]} [entries] its bindings; by default those that the code has
 */

/** @returns {string | undefined} what is missing, and which packages have it; undefined where all is here */
export function missingForRadv() {
  if (process.platform !== 'linux') return `RADV is for Linux only, this is ${process.platform}`;
  const radv = PLACES.some((path) => existsSync(path));
  const gcc = ask('gcc', ['--version']) !== '';
  if (radv && gcc) return undefined;
  const packages = [...(radv ? [] : ['mesa-vulkan-drivers']), ...(gcc ? [] : ['gcc'])];
  return `${[...(radv ? [] : ["Mesa's driver RADV"]), ...(gcc ? [] : ['gcc'])].join(' and ')} not found: install ${packages.join(' and ')}, as Debian calls them`;
}

/** RADV behind the driver of null_driver.c, which lets it compile for any of its cards. */
export class Radv {
  /** @param {string} checkout the folder of the project's sources */
  constructor(checkout) {
    const missing = missingForRadv();
    if (missing !== undefined) throw new Error(missing);
    this.script = join(checkout, 'tools', 'radv', 'compile.mjs');
    this.folder = mkdtempSync(join(tmpdir(), 'tensorseed-radv-'));
    const library = join(this.folder, 'libnull_driver.so');
    const source = join(checkout, 'tools', 'radv', 'null_driver.c');
    execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], { stdio: 'inherit' });
    this.manifest = join(this.folder, 'null_driver.json');
    const ICD = { api_version: '1.3.0', library_path: library };
    writeFileSync(this.manifest, JSON.stringify({ ICD, file_format_version: '1.0.0' }));
  }

  /**
   * Compiles kernels for a card.
   *
   * @param {string} family RADV's name of the card, such as navi31
   * @param {string} debug what the driver is to print, for RADV_DEBUG: shaderstats, and more
   * @param {readonly RadvKernel[]} kernels whose names differ
   * @returns {Promise<Map<string, string>>} what the driver printed of each, by name; of one that it refused
   *   "FAILED" and the reason
   */
  async compile(family, debug, kernels) {
    const texts = await this.run([], kernels, {
      NULL_DRIVER_OF: PLACES.find((path) => existsSync(path)),
      RADV_FORCE_FAMILY: family,
      RADV_DEBUG: `${debug},nocache`,
      VK_DRIVER_FILES: this.manifest,
      VK_ICD_FILENAMES: this.manifest,
    });
    const refused = kernels.filter(({ name }) => !texts.get(name)?.includes('*** SHADER STATS ***'));
    if (refused.length > 0) {
      const faults = await this.run(['validate'], refused, {});
      for (const { name } of refused) {
        const fault =
          faults.get(name)?.trim() || `RADV compiles nothing for ${family}: ${faultIn(texts.get(name))}`;
        texts.set(name, `FAILED ${fault}`);
      }
    }
    return texts;
  }

  /**
   * @param {readonly string[]} args
   * @param {readonly RadvKernel[]} kernels
   * @param {NodeJS.ProcessEnv} env
   * @returns {Promise<Map<string, string>>}
   */
  async run(args, kernels, env) {
    const child = spawn(process.execPath, [this.script, ...args], {
      stdio: ['pipe', 'ignore', 'pipe'],
      env: { ...process.env, ...env, XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? this.folder },
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.stdin.on('error', () => {}); // It ended early, which its output tells.
    child.stdin.end(JSON.stringify(kernels));
    await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
    const text = Buffer.concat(chunks).toString('utf8');
    const parts = text.split(/^KERNEL /m).slice(1);
    if (parts.length !== kernels.length + 1) {
      const at = parts.at(-1)?.split('\n', 1)[0];
      throw new Error(`RADV stopped${at ? ` at ${at}` : ''}: ${faultIn(text)}`);
    }
    return new Map(kernels.map(({ name }, i) => [name, parts[i].slice(name.length + 1)]));
  }

  close() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * The line that says what went wrong, or the last one.
 *
 * @param {string | undefined} text
 */
function faultIn(text) {
  const lines = (text ?? '').trim().split('\n');
  return lines.find((line) => line.startsWith('Error: ')) ?? lines.at(-1);
}
