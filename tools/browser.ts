import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer';
import { findChromium } from './find.mjs';

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

/** Starts the browser with a new profile. `close` ends it and removes the profile. */
export async function launchBrowser(): Promise<{ browser: Browser; close(): Promise<void> }> {
  const { path, reason } = findChromium();
  if (!path) throw new Error(reason);
  const profile = await mkdtemp(join(tmpdir(), 'tensorseed-browser-'));
  const remove = () => rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  try {
    const browser = await puppeteer.launch({
      executablePath: path,
      args: FLAGS,
      userDataDir: profile,
      timeout: 60_000,
      protocolTimeout: 600_000,
      networkEnabled: false, // The tests connect by themselves, and a second observer slows large requests.
    });
    return {
      browser,
      async close() {
        await browser.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
