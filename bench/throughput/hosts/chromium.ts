import type { Browser, Page } from 'puppeteer';
import { launchBrowser } from '../../../tools/browser';
import type { ColdStart } from '../cold_start';
import type { Row, HostDescription } from '../row';
import { type HostProcess, within } from './host_process';
import { serveFolders } from './serve';

const OPEN_MS = 120_000;

export interface ChromiumHost extends HostProcess {
  /** In a new page; the browser and its GPU process are warm. */
  coldStart(): Promise<ColdStart>;
}

/**
 * Chromium with the built benchmark page.
 * @param folders the built page, and the built library for cold starts
 */
export async function openChromium(folders: {
  readonly page: string;
  readonly library: string;
}): Promise<ChromiumHost> {
  const server = await serveFolders(folders);
  const launched = await launchBrowser().catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    await launched.close();
    await server.close();
  };
  let report: (row: Row) => void = () => undefined;
  const start = async (): Promise<{ page: Page; setting: HostDescription }> => {
    const page = await openPage(launched.browser, server.url);
    await page.exposeFunction('reportBenchRow', (row: Row) => report(row));
    const about = await within(
      OPEN_MS,
      page.evaluate(() => window.openBench()),
    );
    if (about === undefined) throw new Error(`the device does not open in ${OPEN_MS / 1000} s`);
    return { page, setting: { host: 'chromium', runtime: await launched.browser.version(), ...about } };
  };
  try {
    let { page, setting } = await start();
    return {
      setting,
      close,
      async run(of, paces, milliseconds, onRow) {
        if (page.isClosed()) ({ page } = await start());
        report = onRow;
        const running = page.evaluate(
          (one, known) => window.runBenchCase(one, known).then(() => true),
          of,
          paces,
        );
        const done = await within(milliseconds, running);
        if (done === true) return true;
        running.catch(() => undefined); // it ends with its page
        await page.close();
        return false;
      },
      async coldStart() {
        const fresh = await openPage(launched.browser, server.url);
        try {
          return await fresh.evaluate(() => window.benchColdStart('/library/index.js'));
        } finally {
          await fresh.close();
        }
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${url}/page/index.html`);
  return page;
}
