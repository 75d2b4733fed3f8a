/**
 * Finds what tests run on beside Node. It changes nothing.
 */
import { accessSync, constants, existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { ask } from './command.mjs';

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

/** The usual places of browsers that are not on PATH. */
function usualPlaces() {
  const home = process.env.HOME ?? '';
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      ['', home].map((base) => `${base}/Applications/${name}.app/Contents/MacOS/${name}`),
    );
  }
  if (process.platform === 'win32') {
    const bases = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .map((name) => process.env[name] ?? '')
      .filter((base) => base !== '');
    return [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ].flatMap((name) => bases.map((base) => join(base, name)));
  }
  return [
    '/opt/google/chrome/chrome',
    '/usr/lib/chromium/chromium',
    '/usr/lib64/chromium-browser/chromium-browser',
  ];
}

/**
 * The browser for the tests. It is looked for in PUPPETEER_EXECUTABLE_PATH, CHROME_PATH, PATH and the usual
 * places.
 * @returns {{path?: string, reason?: string}} the program, or why there is none
 */
export function findChromium() {
  for (const name of ['PUPPETEER_EXECUTABLE_PATH', 'CHROME_PATH']) {
    const path = process.env[name];
    if (path) return isProgram(path) ? { path } : { reason: `${name} names ${path}, which is not a program` };
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath =
    process.platform === 'win32'
      ? []
      : COMMANDS.flatMap((name) => folders.map((folder) => join(folder, name)));
  const path = [...onPath, ...usualPlaces()].find(isProgram);
  return path ? { path } : { reason: 'no Chromium or Chrome found' };
}

/** The oldest Firefox that the tests were run with on Linux. */
export const OLDEST_FIREFOX = 153;

/**
 * Firefox for the tests: FIREFOX_PATH, PATH. A snap is none, since it does not see the profile that they make in /tmp.
 * @returns {{path?: string, reason?: string}} the program, or why there is none
 */
export function findFirefox() {
  const named = process.env.FIREFOX_PATH;
  if (named && !isProgram(named)) return { reason: `FIREFOX_PATH names ${named}, which is not a program` };
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = ['firefox', 'firefox-esr'].flatMap((name) => folders.map((folder) => join(folder, name)));
  const path = named || onPath.find((path) => isProgram(path) && !isSnap(path));
  if (!path) return { reason: 'no Firefox found' };
  const version = ask(path, ['--version']).split('\n')[0].trim();
  return Number(/Firefox (\d+)/.exec(version)?.[1]) >= OLDEST_FIREFOX
    ? { path }
    : { reason: `${path} is older than Firefox ${OLDEST_FIREFOX}: ${version}` };
}

/**
 * Deno. The package `deno` has a package with the program for each platform.
 * @returns {{path?: string, reason?: string}} the program, or why there is none
 */
export function findDeno() {
  const { resolve } = createRequire(import.meta.url);
  const platform = `${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}`;
  try {
    const own = createRequire(resolve('deno/package.json'));
    const path = join(
      dirname(own.resolve(`@deno/${platform}/package.json`)),
      process.platform === 'win32' ? 'deno.exe' : 'deno',
    );
    return isProgram(path) ? { path } : { reason: `${path} is not a program` };
  } catch {
    return { reason: `npm installed no Deno for ${platform}` };
  }
}

/**
 * The launcher of Open MPI on PATH. Other launchers do not take the options that the tests give.
 * @returns {{path?: string, reason?: string}} the program, or why there is none
 */
export function findMpirun() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const path = folders.map((folder) => join(folder, 'mpirun')).find(isProgram);
  if (!path) return { reason: 'no mpirun found' };
  return /Open MPI|OpenRTE/.test(ask(path, ['--version']))
    ? { path }
    : { reason: `${path} is not of Open MPI` };
}

/** The oldest NumPy that python/tensorseed.py is tested with. */
export const OLDEST_NUMPY = '1.24';

/**
 * The first python3 on PATH that has NumPy.
 * @returns {{path?: string, reason?: string}} the program, or why there is none
 */
export function findNumpy() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const programs = folders.map((folder) => join(folder, 'python3')).filter(isProgram);
  let reason = programs.length === 0 ? 'no python3 found' : `no NumPy found for ${programs.join(', ')}`;
  for (const path of programs) {
    const version = ask(path, ['-c', 'import numpy; print(numpy.__version__)']).trim();
    if (version === '') continue;
    if (!isOlder(version, OLDEST_NUMPY)) return { path };
    reason = `the NumPy of ${path} is older than ${OLDEST_NUMPY}: ${version}`;
  }
  return { reason };
}

/**
 * @param {string} version
 * @param {string} than
 */
function isOlder(version, than) {
  const [major, minor] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = than.split('.').map(Number);
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}

/**
 * The software Vulkan drivers that Dawn and Deno can run on.
 * @returns {{lavapipe?: string, swiftshader?: string, reasons: {lavapipe?: string, swiftshader?: string}}}
 *   the path of each one's manifest for VK_DRIVER_FILES, or why it is missing
 */
export function findVulkanDrivers() {
  const missing =
    process.platform !== 'linux'
      ? `software Vulkan drivers are for Linux only, this is ${process.platform}`
      : hasVulkanLoader()
        ? ''
        : 'no Vulkan loader (libvulkan.so.1) found';
  if (missing) return { reasons: { lavapipe: missing, swiftshader: missing } };
  const lavapipe = findLavapipe();
  const swiftshader = findSwiftShader();
  return {
    lavapipe: lavapipe.path,
    swiftshader: swiftshader.path,
    reasons: { lavapipe: lavapipe.reason, swiftshader: swiftshader.reason },
  };
}

/**
 * The oldest Vulkan headers that a Mesa may be built with. They are the last number of the version in its
 * manifests: 230 in Mesa 22.3, which Dawn rejects, and about 246 in Mesa 23.1.
 */
const OLDEST_HEADERS = 240;

function findLavapipe() {
  const data = (process.env.XDG_DATA_DIRS || '/usr/local/share:/usr/share').split(':');
  const folders = ['/etc', '/usr/local/etc', ...data].map((base) => join(base, 'vulkan', 'icd.d'));
  const names = folders.flatMap((folder) =>
    list(folder)
      .filter((name) => /^lvp_icd(\.[\w-]+)?\.json$/.test(name) && isOurs(name))
      .map((name) => join(folder, name)),
  );
  let tooOld = '';
  for (const path of names) {
    const version = manifest(path)?.api_version ?? '0';
    if (Number(version.split('.')[2]) >= OLDEST_HEADERS) return { path };
    tooOld ||= `${path} is of a Mesa too old for Dawn (Vulkan ${version}; Mesa 24 or newer is needed)`;
  }
  return { reason: tooOld || "no lavapipe, Mesa's software Vulkan driver, found" };
}

/** Chromium has SwiftShader beside its program, as a Vulkan driver. */
function findSwiftShader() {
  const chromium = findChromium().path;
  const folders = [
    ...(chromium ? [dirname(realpathSync(chromium))] : []),
    '/usr/lib/chromium',
    '/usr/lib/chromium-browser',
    '/usr/lib64/chromium-browser',
    '/opt/google/chrome',
  ];
  const path = folders
    .map((folder) => join(folder, 'vk_swiftshader_icd.json'))
    .find((path) => existsSync(path));
  return path ? { path } : { reason: 'no SwiftShader found; Chromium brings it along' };
}

function hasVulkanLoader() {
  const folders = ['/usr/lib', '/usr/lib64', '/lib', '/lib64', '/usr/local/lib', '/usr/local/lib64'];
  const triplets = folders.flatMap((folder) =>
    list(folder)
      .filter((name) => /-linux-gnu/.test(name))
      .map((name) => join(folder, name)),
  );
  const own = (process.env.LD_LIBRARY_PATH ?? '').split(':').filter(Boolean);
  return [...own, ...triplets.filter(isOurs), ...folders].some((folder) =>
    existsSync(join(folder, 'libvulkan.so.1')),
  );
}

/**
 * Whether a file name fits this processor: it names this processor, or none.
 *
 * @param {string} name
 */
function isOurs(name) {
  const named = /(x86_64|aarch64|i[3-6]86|arm\w*|riscv64|ppc64\w*|s390x)/.exec(name)?.[1];
  /** @type {Readonly<Record<string, string>>} */
  const names = { x64: 'x86_64', arm64: 'aarch64' };
  return named === undefined || named === names[process.arch];
}

/** @param {string} path */
function manifest(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).ICD;
  } catch {
    return undefined;
  }
}

/** @param {string} folder */
function list(folder) {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/**
 * A link to snap, or a script that starts one.
 *
 * @param {string} path
 */
function isSnap(path) {
  return realpathSync(path).endsWith('/snap') || readFileSync(path, 'latin1').includes('/snap/bin/');
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
