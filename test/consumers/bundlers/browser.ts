import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import type { Browser } from 'puppeteer';
import { urlOf } from '../../harness/server';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
};

declare global {
  interface Window {
    /** What the programs of a page give, a promise or not. */
    outcome?: unknown;
    /** How many workers the page has started. */
    workers: number;
  }
}

/**
 * Serves a folder on a port of its own, opens its index.html, and returns what its programs give.
 * @param headers that the server adds to what it serves
 */
export async function outcomeIn(
  browser: Browser,
  folder: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ outcome: unknown; workers: number; errors: string[] }> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0]));
    const file = path.endsWith('/') ? `${path}index.html` : path;
    readFile(join(folder, file)).then(
      (content) => {
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
        response.end(content);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  try {
    await page.evaluateOnNewDocument(() => {
      window.workers = 0;
      window.Worker = class extends Worker {
        constructor(...given: ConstructorParameters<typeof Worker>) {
          super(...given);
          window.workers++;
        }
      };
    });
    await page.goto(urlOf(server));
    await page
      .waitForFunction(() => window.outcome !== undefined, { timeout: 20_000 })
      .catch(() => undefined);
    const outcome = await page.evaluate(() =>
      Promise.resolve(window.outcome ?? { failure: 'the script has not run to its end' }).catch(
        (error: unknown) => ({ failure: String(error) }),
      ),
    );
    return { outcome, workers: await page.evaluate(() => window.workers), errors };
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
}
