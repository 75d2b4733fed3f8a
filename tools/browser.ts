import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer';
import { findChromium, findFirefox } from './find.mjs';

/**
 * The browser has no sandbox, because CI runs as root. It makes no requests by itself. WebGPU runs on
 * SwiftShader where there is no GPU.
 */
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
];

/** Firefox has WebGPU on software drivers, too, with these preferences. */
const PREFERENCES = { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true };

/** A browser that other processes connect to. */
export interface BrowserServer {
  readonly socket: string;
  readonly protocol: 'cdp' | 'webDriverBiDi';
  close(): Promise<void>;
}

/** Starts Chromium with a new profile. `close` ends it and removes the profile. */
export async function launchBrowser(): Promise<{ browser: Browser; close(): Promise<void> }> {
  const { path, reason } = findChromium();
  if (!path) throw new Error(reason);
  const { browser, remove } = await launch({
    executablePath: path,
    args: FLAGS,
    networkEnabled: false, // The tests connect by themselves, and a second observer slows large requests.
  });
  return {
    browser,
    async close() {
      await browser.close();
      await remove();
    },
  };
}

export async function serveChromium(): Promise<BrowserServer> {
  const { browser, close } = await launchBrowser();
  return { socket: browser.wsEndpoint(), protocol: 'cdp', close };
}

/** Starts Firefox in the same way. The additions to the environment name the Vulkan driver. */
export async function serveFirefox(env: NodeJS.ProcessEnv): Promise<BrowserServer> {
  const { path, reason } = findFirefox();
  if (!path) throw new Error(reason);
  const { browser, remove } = await launch({
    browser: 'firefox',
    executablePath: path,
    env: { ...process.env, ...env },
    extraPrefsFirefox: PREFERENCES,
  });
  const socket = browser.wsEndpoint();
  const child = browser.process()!;
  await browser.disconnect(); // Firefox has one session at a time, and that must be the session of the tests.
  return {
    socket,
    protocol: 'webDriverBiDi',
    async close() {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null && child.kill()) await ended;
      await remove();
    },
  };
}

async function launch(options: LaunchOptions): Promise<{ browser: Browser; remove(): Promise<void> }> {
  const profile = await mkdtemp(join(tmpdir(), 'tensorseed-browser-'));
  const remove = () => rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  try {
    const browser = await puppeteer.launch({
      userDataDir: profile,
      timeout: 60_000,
      protocolTimeout: 600_000,
      ...options,
    });
    return { browser, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
