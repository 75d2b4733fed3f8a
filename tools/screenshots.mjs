// `npm run screenshots` takes pictures of the built gallery, light and dark, wide and on a phone, and writes
// them to src/gallery/screenshots. With --all it also takes pictures of the whole page and of its panels at
// work, and writes them to out/screenshots.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer';
import { findChromium } from './find.mjs';
import { root } from './root.mjs';

const WINDOWS = [
  { name: 'wide', width: 1280, height: 1180, deviceScaleFactor: 1 },
  { name: 'phone', width: 390, height: 844, deviceScaleFactor: 1.5 },
];
const THEMES = ['light', 'dark'];
const page = pathToFileURL(join(root, 'out', 'gallery', 'index.html')).href;
const kept = join(root, 'src', 'gallery', 'screenshots');
const more = process.argv.includes('--all') ? join(root, 'out', 'screenshots') : undefined;

const { path, reason } = findChromium();
if (path === undefined) throw new Error(reason);
const profile = mkdtempSync(join(tmpdir(), 'tensorseed-screenshots-'));
const browser = await puppeteer.launch({
  executablePath: path,
  userDataDir: profile,
  args: ['--no-sandbox', '--no-first-run', '--enable-unsafe-webgpu'],
});
try {
  for (const folder of [kept, more]) if (folder !== undefined) mkdirSync(folder, { recursive: true });
  for (const { name, ...viewport } of WINDOWS) {
    for (const theme of THEMES) await take(`${name}-${theme}`, viewport, theme);
  }
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * @param {string} name
 * @param {import('puppeteer').Viewport} viewport
 * @param {string} theme
 */
async function take(name, viewport, theme) {
  const tab = await browser.newPage();
  await tab.setViewport(viewport);
  await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  await tab.goto(page);
  await settled(tab);
  await tab.screenshot({ path: join(kept, `${name}.png`) });
  console.log(`${name}.png`);
  if (more !== undefined) {
    for (const [panel, words] of [
      ['reproducibility', 'Compute on both'],
      ['throughput', 'Measure'],
    ])
      await press(tab, panel, words);
    await tab.select('#model select', 'gpt2');
    await tab.screenshot({ path: join(more, `${name}.png`), fullPage: true });
    console.log(`${name}.png, the whole page`);
  }
  await tab.close();
}

/** @param {import('puppeteer').Page} tab */
async function settled(tab) {
  await tab.waitForFunction(
    () => {
      const cards = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.card'))];
      return cards.length > 0 && cards.every(({ dataset }) => dataset.state === 'ready');
    },
    { timeout: 300_000 },
  );
}

/**
 * @param {import('puppeteer').Page} tab
 * @param {string} panel
 * @param {string} words
 */
async function press(tab, panel, words) {
  await tab.$$eval(
    `#${panel} button`,
    (buttons, words) => buttons.find((one) => one.textContent.trim() === words)?.click(),
    words,
  );
  await tab.waitForFunction(
    (panel) => document.querySelector(`#${panel} .progress.running`) === null,
    { timeout: 300_000 },
    panel,
  );
}
