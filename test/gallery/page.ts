import type { Page } from 'puppeteer';
import { inject } from 'vitest';
import { openPage } from '../harness/chromium';
import { SUB_PATH } from '../harness/gallery-setup';

export interface Gallery {
  readonly page: Page;
  /** What the page reported so far. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

export interface GalleryOptions {
  /** From a server instead of the disk. */
  readonly served?: boolean;
  /** In CSS pixels. */
  readonly width?: number;
  readonly before?: (page: Page) => Promise<unknown>;
}

/**
 * The built gallery, ready to be used.
 * @param hash the settings of a link, such as '#seed=7'
 */
export async function openGallery(hash = '', { served = false, width = 1280, before }: GalleryOptions = {}): Promise<Gallery> {
  const place = served ? `/${SUB_PATH}/index.html` : inject('galleryFile');
  const { page, errors, close } = await openPage(place + hash, {
    network: false,
    async before(page) {
      await page.setViewport({ width, height: 900 });
      await before?.(page);
    },
  });
  try {
    await page.waitForFunction(() => document.documentElement.dataset.state === 'ready', { timeout: 60_000 });
  } catch (error) {
    await close();
    throw new Error(`the gallery does not open: ${errors.join('; ')}`, { cause: error });
  }
  return { page, errors, close };
}

/** Waits until every card shows values, or says why it cannot. */
export async function cardsSettle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => [...document.querySelectorAll<HTMLElement>('.card')].every(({ dataset }) => dataset.state === 'ready' || dataset.state === 'stale'),
    { timeout: 120_000, polling: 100 },
  );
}
