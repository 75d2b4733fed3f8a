import puppeteer, { type Page } from 'puppeteer';
import { inject } from 'vitest';
import { packRequest } from './request';
import type { Runner } from './runner';

export interface OpenPage {
  page: Page;
  /** The test server, without a closing slash. */
  url: string;
  /** What the page reported so far: uncaught errors and console.error. */
  errors: readonly string[];
  close(): Promise<void>;
}

/**
 * A new page, in the browser and on the server that the project's set-up started, or of a file: address.
 * `before` is called with the page while it is still empty.
 * Without `network` puppeteer sees no requests, and large ones are several times as fast.
 */
export async function openPage(
  path: string,
  {
    network = true,
    before = async () => undefined,
  }: { network?: boolean; before?: (page: Page) => Promise<unknown> } = {},
): Promise<OpenPage> {
  const url = inject('serverUrl');
  const { socket, protocol } = inject('browser');
  const browser = await puppeteer.connect({
    browserWSEndpoint: socket,
    protocol,
    protocolTimeout: 600_000,
    networkEnabled: network,
  });
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const close = async (): Promise<void> => {
    await page.close();
    await browser.disconnect();
  };
  try {
    await before(page);
    const response = await page.goto(path.startsWith('file:') ? path : url + path);
    if (network && !response?.ok()) throw new Error(`${url}${path}: HTTP ${response?.status()}`);
  } catch (error) {
    await close();
    throw error;
  }
  return { page, url, errors, close };
}

/** The library's sources in a page of the project's browser. */
export async function openPageRunner(name: string): Promise<Runner> {
  const { page, url, errors, close } = await openPage('/test/harness/page.html', { network: false });
  const failure = await page.evaluate(() => window.ready.then(() => '', String));
  if (failure) {
    await close();
    throw new Error(`${name}: ${[failure, ...errors].join('; ')}`);
  }
  const held = async (id: string): Promise<ArrayBuffer> => {
    const response = await fetch(`${url}/bytes/${id}`);
    if (!response.ok) throw new Error(`${name}: no bytes came back`);
    return response.arrayBuffer();
  };
  return {
    name,
    async fill(request) {
      return new Uint8Array(
        await held(await page.evaluate((packed) => window.fill(packed), packRequest(request))),
      );
    },
    sha256: (request) => page.evaluate((packed) => window.sha256(packed), packRequest(request)),
    async compute(request) {
      // Text is much faster to hand over than an array of numbers.
      const packed = JSON.stringify(request);
      return new Uint32Array(await held(await page.evaluate((packed) => window.compute(packed), packed)));
    },
  };
}
