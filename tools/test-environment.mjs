/**
 * The set-up of `npm test`: browsers and software Vulkan drivers for the GPU tests, Open MPI, and NumPy. On Debian
 * as root it installs what is missing. Elsewhere it says what to install, and the tests that cannot run are
 * skipped with the reason. TENSORSEED_NO_INSTALL=1 keeps it from installing.
 */
import { addSuite, candidateMajor, hasSuite, install, osRelease, update } from './apt.mjs';
import { ask } from './command.mjs';
import {
  findChromium,
  findFirefox,
  findMpirun,
  findNumpy,
  findVulkanDrivers,
  OLDEST_FIREFOX,
} from './find.mjs';
import { say, step } from './say.mjs';

export { findChromium, findVulkanDrivers };

/** The oldest version of Mesa whose lavapipe the tests can use. */
const MESA = 24;
const VULKAN = ['mesa-vulkan-drivers', 'libvulkan1'];
const FIREFOX = 'firefox-esr';
const MPI = 'openmpi-bin';
const NUMPY = 'python3-numpy';

/** What is missing, one line each. */
function missing() {
  const { reasons } = findVulkanDrivers();
  const all = [
    findChromium().reason,
    findFirefox().reason,
    reasons.lavapipe,
    reasons.swiftshader,
    findMpirun().reason,
    findNumpy().reason,
  ];
  return [...new Set(all.filter((reason) => reason !== undefined))];
}

/**
 * Whether apt installs here what is missing: on Debian, and on systems that are made from it. On Ubuntu it
 * cannot install Chromium, which is a snap there.
 */
function installsWithApt() {
  const { ID = '', ID_LIKE = '' } = osRelease();
  const debian = [ID, ...ID_LIKE.split(' ')].includes('debian');
  return (
    debian &&
    process.getuid?.() === 0 &&
    ask('apt-get', ['--version']) !== '' &&
    !process.env.TENSORSEED_NO_INSTALL
  );
}

async function installWithApt() {
  const { ID, VERSION_CODENAME: codename } = osRelease();
  await step('apt-get update', update);
  if (findChromium().reason) {
    if (candidateMajor('chromium') > 0) {
      await step('apt-get install chromium', (progress) => install(progress, ['chromium']));
    } else say('apt has no package chromium here; install Chromium or Chrome by hand');
  }
  if (findFirefox().reason) {
    if (candidateMajor(FIREFOX) >= OLDEST_FIREFOX) {
      await step(`apt-get install ${FIREFOX}`, (progress) => install(progress, [FIREFOX]));
    } else say(`apt has no ${FIREFOX} of version ${OLDEST_FIREFOX} or newer here; install Firefox by hand`);
  }
  if (findMpirun().reason) await step(`apt-get install ${MPI}`, (progress) => install(progress, [MPI]));
  if (findNumpy().reason) await step(`apt-get install ${NUMPY}`, (progress) => install(progress, [NUMPY]));
  if (!findVulkanDrivers().reasons.lavapipe) return;
  if (candidateMajor('mesa-vulkan-drivers') >= MESA) {
    return step(`apt-get install ${VULKAN.join(' ')}`, (progress) => install(progress, VULKAN));
  }
  if (ID !== 'debian') return say(`this release's Mesa is older than ${MESA}; install a newer one by hand`);
  await installFromBackports(`${codename}-backports`, codename);
}

/**
 * @param {string} suite
 * @param {string} codename
 */
async function installFromBackports(suite, codename) {
  let added;
  try {
    if (!hasSuite(suite)) {
      added = addSuite(suite, codename);
      say(`Mesa ${MESA} or newer is in ${suite}, added in ${added.file}`);
      await step(`apt-get update with ${suite}`, update);
      if (!hasSuite(suite)) throw new Error(`the mirror has no ${suite}`);
    }
  } catch (error) {
    added?.remove();
    throw error;
  }
  await step(`apt-get install -t ${suite} ${VULKAN.join(' ')}`, (progress) =>
    install(progress, VULKAN, suite),
  );
}

/** How to install what is still missing, for this system where it is known. */
function advice() {
  const { reasons } = findVulkanDrivers();
  const needs = {
    browser: Boolean(findChromium().reason || reasons.swiftshader),
    firefox: Boolean(findFirefox().reason),
    vulkan: Boolean(reasons.lavapipe),
    mpi: Boolean(findMpirun().reason),
    numpy: Boolean(findNumpy().reason),
  };
  if (process.platform !== 'linux') return needs.browser ? 'install Google Chrome' : 'run them on Linux';
  const { ID = '', ID_LIKE = '', VERSION_CODENAME = '' } = osRelease();
  const family = [ID, ...ID_LIKE.split(' ')];
  const suite = ['bullseye', 'bookworm'].includes(VERSION_CODENAME)
    ? `-t ${VERSION_CODENAME}-backports `
    : '';
  const [browser, firefox, vulkan, mpi, numpy] = family.includes('ubuntu')
    ? [
        'Google Chrome',
        'Firefox from packages.mozilla.org',
        `apt-get install ${VULKAN.join(' ')}`,
        `apt-get install ${MPI}`,
        `apt-get install ${NUMPY}`,
      ]
    : family.includes('debian')
      ? [
          'apt-get install chromium',
          `apt-get install ${FIREFOX}`,
          `apt-get install ${suite}${VULKAN.join(' ')}`,
          `apt-get install ${MPI}`,
          `apt-get install ${NUMPY}`,
        ]
      : family.includes('fedora')
        ? [
            'dnf install chromium',
            'dnf install firefox',
            'dnf install mesa-vulkan-drivers vulkan-loader',
            'dnf install openmpi',
            'dnf install python3-numpy',
          ]
        : family.includes('arch')
          ? [
              'pacman -S chromium',
              'pacman -S firefox',
              'pacman -S vulkan-swrast vulkan-icd-loader',
              'pacman -S openmpi',
              'pacman -S python-numpy',
            ]
          : [
              'Chromium',
              'Firefox',
              `the Vulkan loader (libvulkan.so.1) and lavapipe of Mesa ${MESA} or newer`,
              'Open MPI',
              'NumPy for Python 3',
            ];
  return `install: ${[needs.browser && browser, needs.firefox && firefox, needs.vulkan && vulkan, needs.mpi && mpi, needs.numpy && numpy].filter(Boolean).join('; ')}`;
}

async function main() {
  if (missing().length === 0) return say('browsers, software Vulkan drivers, mpirun and NumPy are there');
  for (const reason of missing()) say(reason);
  if (installsWithApt()) {
    try {
      await installWithApt();
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  }
  if (missing().length > 0) {
    say(
      `still missing (${missing().join('; ')}); the tests that need it are skipped. To have them, ${advice()}`,
    );
  }
}

if (process.argv[1]?.endsWith('test-environment.mjs')) await main();
