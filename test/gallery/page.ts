import type { Page } from 'puppeteer';
import { openPage } from '../harness/chromium';
export interface Gallery { page: Page; errors: readonly string[]; close(): Promise<void> }
export async function openGallery(hash = ''): Promise<Gallery> {
  const { page, errors, close } = await openPage(`/out/dev.html${hash}`, { network: false }); void errors;
  await page.setViewport({ width: 1200, height: 900 });
  await page.waitForFunction('window.opened', { timeout: 60000 });
  return { page, errors: [] as string[], close };
}
