import puppeteer, { type Browser, type Page } from 'puppeteer';
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

export interface PageOptions {
  /** Called with the page while it is still empty. */
  readonly before?: (page: Page) => Promise<unknown>;
  /** The folder that takes what the page downloads, without asking. */
  readonly downloads?: string;
}

/** A new page, in the browser and on the server that the project's set-up started, or of a file: address. */
export async function openPage(
  path: string,
  { before = async () => undefined, downloads }: PageOptions = {},
): Promise<OpenPage> {
  const url = inject('serverUrl');
  const { browser, release } = await connect();
  const context =
    downloads === undefined
      ? browser.defaultBrowserContext()
      : await browser.createBrowserContext({
          downloadBehavior: { policy: 'allow', downloadPath: downloads },
        });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const close = async (): Promise<void> => {
    await page.close();
    if (downloads !== undefined) await context.close();
    await release();
  };
  try {
    await before(page);
    await page.goto(path.startsWith('file:') ? path : url + path);
  } catch (error) {
    await close();
    throw error;
  }
  return { page, url, errors, close };
}

let shared: Promise<Browser> | undefined;

/**
 * Firefox has one session at a time, so the pages of this process share it, and it ends with the process. Without
 * `networkEnabled` puppeteer sees no requests, and large ones are several times as fast.
 */
async function connect(): Promise<{ browser: Browser; release(): Promise<void> }> {
  const { socket, protocol } = inject('browser');
  const open = (): Promise<Browser> =>
    puppeteer.connect({
      browserWSEndpoint: socket,
      protocol,
      protocolTimeout: 600_000,
      networkEnabled: false,
    });
  if (protocol === 'webDriverBiDi') return { browser: await (shared ??= open()), release: async () => {} };
  const browser = await open();
  return { browser, release: () => browser.disconnect() };
}

/** The library's sources in a page of the project's browser. */
export async function openPageRunner(name: string): Promise<Runner> {
  const { page, url, errors, close } = await openPage('/test/harness/page.html');
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
