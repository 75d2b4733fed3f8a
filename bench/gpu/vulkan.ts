import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findVulkanDrivers } from '../../tools/find.mjs';

/** Environment variables for a process that is to find a driver. */
export interface Environment {
  /** Where the driver comes from, in words. */
  readonly from: string;
  readonly env: Readonly<Record<string, string>>;
  /** Whether it is for a driver that computes on the CPU. */
  readonly software?: boolean;
}

/** What Vulkan has here, and what it lacks. */
export interface VulkanState {
  /** Environments to try, in this order. The first is this process's own. */
  readonly environments: readonly Environment[];
  /** What is missing, each in a line that says how to mend it. */
  readonly lacks: readonly string[];
  /** What was found, in words. */
  readonly found: readonly string[];
}

/** VK_ICD_FILENAMES is what loaders before 1.3.207 read. */
const DRIVER_VARIABLES = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES'];
const LOADER = 'libvulkan.so.1';
/** NVIDIA's driver. The first of them needs the libraries of X, which containers often lack, the second does not. */
const NVIDIA = ['libGLX_nvidia.so.0', 'libEGL_nvidia.so.0'];
const MISSING_LOADER =
  `the Vulkan loader, ${LOADER}, is missing: install libvulkan1 (Debian, Ubuntu), ` +
  'vulkan-loader (Fedora, Alpine, openSUSE: libvulkan1) or vulkan-icd-loader (Arch)';
const MISSING_NVIDIA =
  `the kernel has NVIDIA's driver, but here is none of its libraries for Vulkan (${NVIDIA.join(', ')}): ` +
  'start the container with NVIDIA_DRIVER_CAPABILITIES=all, or install the libraries of the same version';

/** Where manifests of drivers lie. The loader itself looks into all but the last of them. */
const MANIFEST_FOLDERS = [
  '/etc',
  '/usr/local/etc',
  '/usr/share',
  '/usr/local/share',
  '/usr/local/nvidia/share',
];
/** Where a container's NVIDIA driver and WSL's may lie, beside the usual folders of libraries. */
const LIBRARY_FOLDERS = ['/usr/local/nvidia/lib64', '/usr/local/nvidia/lib', '/usr/lib/wsl/lib'];

/**
 * Looks for what Vulkan needs on Linux: the loader, and drivers with manifests. Where a driver of NVIDIA's has none,
 * as in many containers, one is written into a temporary folder. Other systems need nothing of this.
 * @param carried a folder that may hold a copy of the loader
 */
export function vulkanHere(carried: string | undefined): VulkanState {
  const own: Environment = { from: 'the environment as it is', env: {} };
  if (process.platform !== 'linux') return { environments: [own], lacks: [], found: [] };
  const lacks: string[] = [];
  const found: string[] = [];
  const more = existing(LIBRARY_FOLDERS);

  const loader = findLibrary(LOADER);
  const copy = loader === undefined && carried !== undefined ? join(carried, LOADER) : undefined;
  const hasCopy = copy !== undefined && existsSync(copy);
  if (loader !== undefined) found.push(`the loader: ${loader}`);
  else if (hasCopy) found.push(`the loader is missing, so the copy that was brought along is used: ${copy}`);
  else lacks.push(MISSING_LOADER);
  const base = libraryPath([...(hasCopy ? [carried!] : []), ...more]);

  const driver = process.env;
  if (DRIVER_VARIABLES.some((name) => driver[name] !== undefined)) {
    const named = DRIVER_VARIABLES.flatMap((name) => driver[name] ?? [])[0];
    return { environments: [{ from: `the environment's ${named}`, env: base }], lacks, found };
  }

  const manifests = manifestFiles();
  found.push(`manifests: ${manifests.join(', ') || 'none'}`);
  const environments: Environment[] = [{ ...own, env: base }];
  const hidden = manifests.filter((path) => path.startsWith('/usr/local/nvidia/'));
  for (const path of hidden) environments.push({ from: path, env: { ...base, ...driverFiles(path) } });
  const libraries = NVIDIA.flatMap((name) => {
    const path = findLibrary(name);
    return path === undefined ? [] : [{ name, path }];
  });
  for (const { name, path } of libraries) {
    found.push(`NVIDIA's driver: ${path}`);
    environments.push({
      from: `a manifest that was written for ${name}`,
      env: { ...base, ...driverFiles(writeManifest(path)) },
    });
  }
  if (libraries.length === 0 && existsSync('/proc/driver/nvidia/version')) lacks.push(MISSING_NVIDIA);
  const { lavapipe, swiftshader } = findVulkanDrivers();
  for (const path of [lavapipe, swiftshader])
    if (path !== undefined)
      environments.push({ from: path, env: { ...base, ...driverFiles(path) }, software: true });
  return { environments, lacks, found };
}

/** The NVIDIA driver of the kernel, as it names itself; undefined where there is none. */
export function nvidiaKernelDriver(): string | undefined {
  try {
    return readFileSync('/proc/driver/nvidia/version', 'utf8').split('\n')[0].trim();
  } catch {
    return undefined;
  }
}

/** The environment variables that name a driver. */
export function driverFiles(manifest: string): Record<string, string> {
  return Object.fromEntries(DRIVER_VARIABLES.map((name) => [name, manifest]));
}

/**
 * Writes a manifest of a driver into a temporary folder, which is removed at the end of this process.
 * @returns its path
 */
export function writeManifest(library: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tensorseed-vulkan-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'icd.json');
  const manifest = { file_format_version: '1.0.0', ICD: { library_path: library, api_version: '1.3.0' } };
  writeFileSync(path, `${JSON.stringify(manifest)}\n`);
  return path;
}

function libraryPath(folders: readonly string[]): Record<string, string> {
  const before = process.env.LD_LIBRARY_PATH;
  if (folders.length === 0) return {};
  return { LD_LIBRARY_PATH: [...folders, ...(before ? [before] : [])].join(delimiter) };
}

/** The path of a shared library, where the dynamic linker or the usual folders have it. */
export function findLibrary(name: string): string | undefined {
  const own = (process.env.LD_LIBRARY_PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const architecture = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const usual = ['/usr/lib', '/lib', '/usr/local/lib'].flatMap((folder) => [
    `${folder}/${architecture}-linux-gnu`,
    `${folder}64`,
    folder,
  ]);
  const inFolder = [...own, ...usual, ...LIBRARY_FOLDERS]
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  return inFolder ?? cachedLibrary(name);
}

/** What the cache of the dynamic linker has under a name. */
function cachedLibrary(name: string): string | undefined {
  for (const program of ['ldconfig', '/sbin/ldconfig', '/usr/sbin/ldconfig']) {
    try {
      const text = execFileSync(program, ['-p'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      return libraryIn(text, name);
    } catch {
      // It is somewhere else, or nowhere.
    }
  }
  return undefined;
}

/** @param cache what `ldconfig -p` prints */
export function libraryIn(cache: string, name: string): string | undefined {
  const ours = process.arch === 'arm64' ? /AArch64/ : /x86-64/;
  const lines = cache.split('\n').map((line) => /^\s*(\S+) \(([^)]*)\) => (.+)$/.exec(line));
  return lines.find((line) => line !== null && line[1] === name && ours.test(line[2]))?.[3];
}

function manifestFiles(): string[] {
  const data = (process.env.XDG_DATA_DIRS ?? '').split(delimiter).filter((folder) => folder !== '');
  const folders = [...MANIFEST_FOLDERS, ...data].map((base) => join(base, 'vulkan', 'icd.d'));
  return [...new Set(folders)].flatMap((folder) =>
    filesIn(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name)),
  );
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function existing(folders: readonly string[]): string[] {
  return folders.filter((folder) => existsSync(folder));
}
