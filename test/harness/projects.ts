import { availableParallelism } from 'node:os';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { findChromium, findDeno, findFirefox, findVulkanDrivers } from '../../tools/find.mjs';
import { constantImports } from './constant_imports.ts';
import { targetEnv } from './target.ts';

const drivers = findVulkanDrivers();
const noChromium = findChromium().path ? '' : (findChromium().reason ?? 'no browser');

/** A software driver uses every core itself: more than one file at a time only where there are many. */
const gpuWorkers = Math.max(1, Math.floor(availableParallelism() / 4));

/** The sources that tests import learn from it that they run in Node, as the package's entries for Node do. */
const NODE_HOST = ['src/core/node_host.ts'];

/** Run on every driver. */
const GPU_TESTS = ['test/gpu/**/*.test.ts'];

interface Gpu {
  name: string;
  include: string[];
  order: number;
  skip: string;
  /** A Vulkan driver's manifest. */
  driver?: string;
  globalSetup?: string[];
  /** Processes at a time. */
  workers?: number;
}

/**
 * The pool is forks: from a thread VK_DRIVER_FILES never reaches the Vulkan loader. Without isolation one process runs
 * all files, on one device that keeps its compiled shaders.
 */
function gpuProject({
  name,
  include,
  order,
  skip,
  driver,
  globalSetup,
  workers = gpuWorkers,
}: Gpu): TestProjectInlineConfiguration {
  // VK_ICD_FILENAMES is what loaders before 1.3.207 read.
  const vulkan: Record<string, string> = driver ? { VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver } : {};
  return {
    extends: true,
    plugins: [constantImports()],
    test: {
      name,
      include,
      pool: 'forks',
      isolate: false,
      maxWorkers: workers,
      sequence: { groupOrder: order },
      testTimeout: 300_000,
      hookTimeout: 300_000,
      env: { ...targetEnv({ name, skip }), ...vulkan },
      setupFiles: NODE_HOST,
      globalSetup,
    },
  };
}

type Driver = 'swiftshader' | 'lavapipe';

const noDriver = (driver: Driver): string =>
  drivers[driver] ? '' : (drivers.reasons[driver] ?? 'no driver');

/** Tint. */
function dawn(driver: Driver, order: number): TestProjectInlineConfiguration {
  const path = drivers[driver];
  const skip = noDriver(driver);
  return gpuProject({
    name: `dawn-${driver}`,
    include: [...GPU_TESTS, 'test/dawn/**/*.test.ts'],
    order,
    skip,
    driver: path,
  });
}

/** naga. */
function deno(driver: Driver, order: number): TestProjectInlineConfiguration {
  const skip = findDeno().reason ?? noDriver(driver);
  const globalSetup = ['test/harness/deno-setup.ts'];
  return gpuProject({
    name: `deno-${driver}`,
    include: [...GPU_TESTS, 'test/deno/**/*.test.ts'],
    order,
    skip,
    driver: drivers[driver],
    globalSetup,
  });
}

/** Tint again, behind a browser's process boundary. */
function chromium(order: number): TestProjectInlineConfiguration {
  const globalSetup = ['test/harness/chromium-setup.ts'];
  return gpuProject({ name: 'chromium', include: GPU_TESTS, order, skip: noChromium, globalSetup });
}

/** Firefox on a driver. It has one session at a time, which one process holds. */
function inFirefox(
  project: Pick<Gpu, 'name' | 'include' | 'globalSetup' | 'order'>,
  driver: Driver,
): TestProjectInlineConfiguration {
  const skip = findFirefox().reason ?? noDriver(driver);
  return gpuProject({ ...project, skip, driver: drivers[driver], workers: 1 });
}

/** naga again, behind a browser's process boundary. */
function firefox(driver: Driver, order: number): TestProjectInlineConfiguration {
  const globalSetup = ['test/harness/firefox-setup.ts'];
  return inFirefox({ name: 'firefox', include: GPU_TESTS, order, globalSetup }, driver);
}

/** ML runtimes in the browser. */
function runtimes(order: number): TestProjectInlineConfiguration {
  const globalSetup = ['test/harness/runtimes-setup.ts'];
  return gpuProject({
    name: 'runtimes',
    include: ['test/runtimes/**/*.test.ts'],
    order,
    skip: noChromium,
    globalSetup,
  });
}

/** The gallery as it is built, from a disk and from a server. */
const GALLERY_TESTS = ['test/gallery/**/*.page.test.ts'];

function gallery(order: number): TestProjectInlineConfiguration {
  const globalSetup = ['test/harness/gallery-setup.ts'];
  return gpuProject({ name: 'gallery', include: GALLERY_TESTS, order, skip: noChromium, globalSetup });
}

function galleryInFirefox(driver: Driver, order: number): TestProjectInlineConfiguration {
  const globalSetup = ['test/harness/gallery-firefox-setup.ts'];
  return inFirefox({ name: 'gallery-firefox', include: GALLERY_TESTS, order, globalSetup }, driver);
}

/** The packed package in bundles, which run in Chromium, Node and Deno. */
const BUNDLER_TESTS = ['test/consumers/bundlers.test.ts', 'test/consumers/policy.test.ts'];

function bundlers(order: number): TestProjectInlineConfiguration {
  return gpuProject({ name: 'bundlers', include: BUNDLER_TESTS, order, skip: noChromium });
}

/** vitest's `test.projects`: the groups run one after the other, in this order. */
export const projects: TestProjectInlineConfiguration[] = [
  {
    extends: true,
    plugins: [constantImports()],
    test: {
      name: 'unit',
      include: ['test/**/*.test.ts'],
      exclude: [
        'test/gpu/**',
        'test/dawn/**',
        'test/deno/**',
        'test/runtimes/**',
        'test/gallery/**/*.page.test.ts',
        ...BUNDLER_TESTS,
      ],
      pool: 'forks',
      maxWorkers: availableParallelism(),
      sequence: { groupOrder: 1 },
      testTimeout: 120_000,
      hookTimeout: 120_000,
      setupFiles: NODE_HOST,
    },
  },
  dawn('lavapipe', 2),
  deno('lavapipe', 3),
  dawn('swiftshader', 4),
  chromium(5),
  firefox('lavapipe', 6),
  runtimes(7),
  gallery(8),
  galleryInFirefox('lavapipe', 9),
  bundlers(10),
];
