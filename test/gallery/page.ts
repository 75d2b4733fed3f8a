import { type Page } from 'puppeteer';
import { inject } from 'vitest';
import { openPage } from '../harness/browser_page';
import { SUB_PATH } from '../harness/gallery-setup';

export interface GalleryOptions {
  /** Opened from the disk, the default, or from a server, below its root. */
  readonly from?: 'file' | 'server';
  /** Of the window, in CSS pixels. Default 1280. */
  readonly width?: number;
  /** As in a browser that has no WebGPU. */
  readonly withoutWebGpu?: boolean;
  /** The folder that takes what the page downloads. */
  readonly downloads?: string;
}

/** The built page in a tab of its own. */
export interface Gallery {
  readonly page: Page;
  /**
   * Uncaught errors, and what the console got as errors: a request
   * that the page's policy forbids is one, and it forbids all.
   */
  readonly errors: readonly string[];
  /** When every card shows values, or says why it cannot. */
  drawn(): Promise<void>;
  close(): Promise<void>;
}

declare global {
  interface Window {
    /** The devices that the page was given, for tests that take one away. */
    devices: GPUDevice[];
    /** What the page's policy has forbidden: the directive, and what broke it. */
    violations: string[];
  }
}

/** @param hash the settings of a link, such as '#seed=7' */
export async function openGallery(
  hash = '',
  { from = 'file', width = 1280, withoutWebGpu = false, downloads }: GalleryOptions = {},
): Promise<Gallery> {
  const place = from === 'server' ? `/${SUB_PATH}/index.html` : inject('galleryFile');
  const { page, errors, close } = await openPage(place + hash, {
    downloads,
    async before(page) {
      await page.setViewport({ width, height: 900 });
      if (withoutWebGpu)
        await page.evaluateOnNewDocument(() => void delete (Navigator.prototype as { gpu?: GPU }).gpu);
      await page.evaluateOnNewDocument(keepDevices);
      await page.evaluateOnNewDocument(keepViolations);
    },
  });
  try {
    await page.waitForFunction(() => document.documentElement.dataset.state === 'ready', { timeout: 60_000 });
  } catch (error) {
    await close();
    throw new Error(`the gallery does not open: ${errors.join('; ')}`, { cause: error });
  }
  const drawn = async (): Promise<void> => {
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll<HTMLElement>('.card')].every(
          ({ dataset }) => dataset.state === 'ready' || dataset.state === 'stale',
        ),
      { timeout: 120_000, polling: 100 },
    );
  };
  return { page, errors, drawn, close };
}

function keepDevices(): void {
  window.devices = [];
  if (!('GPUAdapter' in window)) return;
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await request.call(this, descriptor);
    window.devices.push(device);
    return device;
  };
}

function keepViolations(): void {
  window.violations = [];
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    window.violations.push(`${effectiveDirective} ${blockedURI}`),
  );
}
