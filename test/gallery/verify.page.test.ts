import { expect, it } from 'vitest';
import { isBounded, MACHINE_CASES } from '../../src/verify/machine/cases';
import { decodeReport, encodeReport } from '../../src/verify/machine/link';
import { readReport } from '../../src/verify/machine/read_report';
import type { MachineReport } from '../../src/verify/machine/report';
import { describeWhere } from '../harness/describe';
import { type Gallery, openGallery } from './page';
import { Panel } from './panel';

declare global {
  interface Window {
    /** What the page has put into the clipboard. */
    copied: string[];
    /** The files that the page has given to download. */
    downloads: { name: string; text: string }[];
    /** How often a timer ran. */
    ticks: number;
  }
}

/** A whole run takes minutes on a software driver. */
const WHOLE_MS = 1_200_000;

const MARKUP = '<img src=x onerror="injected=1"><script>injected=1</script>';

/** A report with markup wherever a stranger can put text. */
const HOSTILE: MachineReport = {
  format: 'tensorseed verify 1',
  version: MARKUP,
  date: '2026-01-31T12:00:00.000Z',
  note: `${MARKUP}\u202e\u0007`,
  backend: 'gpu',
  description: MARKUP,
  adapter: { vendor: MARKUP, architecture: MARKUP, device: MARKUP, description: MARKUP, software: false },
  runtime: { name: MARKUP, version: MARKUP, webgpu: MARKUP },
  platform: { system: MARKUP, architecture: MARKUP },
  right: false,
  clock: 'wall clock',
  seconds: 1e300,
  results: MACHINE_CASES.map(({ sha256, ...of }) => ({
    ...of,
    check: sha256 !== undefined ? 'checksum' : isBounded(of) ? 'bound' : 'bits',
    right: false,
    ...(sha256 !== undefined && { sha256: '0'.repeat(64) }),
    firstWrong: { element: 1, got: MARKUP, want: MARKUP },
    seconds: 0,
    gigabytesPerSecond: 1e300,
    shareOfConstantFill: 0,
  })),
};

async function withGallery(
  hash: string,
  use: (gallery: Gallery, proof: Panel) => Promise<void>,
  options: Parameters<typeof openGallery>[1] = {},
): Promise<void> {
  const gallery = await openGallery(hash, options);
  try {
    await use(gallery, new Panel(gallery.page, '#reproducibility'));
    expect(await gallery.page.evaluate(() => window.violations)).toEqual([]);
    expect(await gallery.page.evaluate(() => 'injected' in window)).toBe(false);
    expect(gallery.errors).toEqual([]);
  } finally {
    await gallery.close();
  }
}

/** Keeps what the page copies and downloads. */
async function keepOutput({ page }: Gallery): Promise<void> {
  await page.evaluate(() => {
    window.copied = [];
    navigator.clipboard.writeText = async (text) => void window.copied.push(text);
    window.downloads = [];
    const blobs = new Map<string, Blob>();
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      const url = create(blob);
      blobs.set(url, blob as Blob);
      return url;
    };
    HTMLAnchorElement.prototype.click = function () {
      const { download: name, href } = this;
      void blobs
        .get(href)!
        .text()
        .then((text) => window.downloads.push({ name, text }));
    };
  });
}

/** Presses the copy button that begins with these words, and returns what it copies. */
async function copied({ page }: Gallery, words: string): Promise<string> {
  return page.evaluate(async (words) => {
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('#reproducibility .report button')];
    buttons.find((one) => one.textContent!.startsWith(words))!.click();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return window.copied.at(-1) ?? '';
  }, words);
}

describeWhere('the button that proves a machine', () => {
  it(
    'finds every tensor right, and gives the result as JSON, as a file and as a link',
    async () => {
      await withGallery('#seed=7', async (gallery, proof) => {
        const { page } = gallery;
        await keepOutput(gallery);
        await page.evaluate(() => {
          window.ticks = 0;
          setInterval(() => window.ticks++, 20);
        });
        const begun = Date.now();
        await proof.click('Prove this machine');
        await page.waitForFunction(
          () => /^(Done|Not)/.test(document.querySelector('#reproducibility .progress-words')!.textContent!),
          { timeout: WHOLE_MS, polling: 1000 },
        );
        const seconds = (Date.now() - begun) / 1000;
        expect(await page.evaluate(() => window.ticks)).toBeGreaterThan(seconds); // The page stays alive.
        expect(await proof.text('.report .verdict', /./)).toBe('All 34 tensors are right.');
        expect(await proof.texts('.report tbody td:last-child')).toEqual(Array(34).fill('right'));

        await proof.select('a note to go with it, such as the name of the graphics card', 'My card');
        const json = await copied(gallery, 'Copy JSON');
        const report = readReport(JSON.parse(json));
        expect(report).toMatchObject({ backend: 'gpu', right: true, note: 'My card' });
        expect(report.runtime.name).toMatch(/Chrom|Firefox/);
        expect(report.results.filter(({ check }) => check === 'checksum')).toHaveLength(25);
        await proof.click('Download JSON');
        await page.waitForFunction(() => window.downloads.length > 0);
        expect(await page.evaluate(() => window.downloads)).toEqual([
          { name: 'tensorseed-verify.json', text: json },
        ]);
        const link = await copied(gallery, 'Copy link');
        const [address, fragment] = link.split('#');
        expect(address).toBe(page.url().split('#')[0]);
        expect(await decodeReport(fragment.replace(/^result=/, ''))).toEqual(report);
      });
    },
    WHOLE_MS,
  );

  it('can be stopped, and pressed again', async () => {
    await withGallery('', async (_, proof) => {
      for (let i = 0; i < 2; i++) {
        await proof.click('Prove this machine');
        await proof.words(/^1 of 34 done, 1 right/);
        await proof.click('Stop');
        expect(await proof.words(/^(Stopped|Done|Not)/)).toMatch(/^Stopped after \d of 34\.$/);
        expect(await proof.texts('.report .verdict')).toEqual([]);
      }
    });
  });

  it('says that the device was lost', async () => {
    await withGallery('', async ({ page }, proof) => {
      await proof.click('Prove this machine');
      await proof.words(/^1 of 34 done/);
      await page.evaluate(() => window.devices.at(-1)!.destroy());
      expect(await proof.words(/^(Stopped|Done|Not)/)).toBe('Not finished.');
      expect(await proof.text('.report .fault', /./)).toMatch(/lost/);
    });
  });

  it('proves the CPU path where there is no WebGPU', async () => {
    await withGallery(
      '',
      async (_, proof) => {
        await proof.click('Prove this machine');
        await proof.words(/^2 of 34 done, 2 right/);
        await proof.click('Stop');
        await proof.words(/^Stopped/);
      },
      { withoutWebGpu: true },
    );
  });
});

describeWhere('a result in a link', () => {
  it('is shown as a card, until it is closed', async () => {
    const link = await encodeReport({ ...HOSTILE, note: 'a note' });
    await withGallery(`#result=${link}&seed=7`, async ({ page }) => {
      const shared = new Panel(page, '#shared');
      expect(await shared.text('.verdict', /./)).toBe('34 of 34 tensors are wrong.');
      expect(await shared.texts('.report-note')).toEqual(['a note']);
      await shared.click('Close');
      expect(await page.$eval('#shared', (one) => (one as HTMLElement).hidden)).toBe(true);
      expect(await page.evaluate(() => location.hash)).toBe('#seed=7');
      await page.evaluate((text) => void (location.hash = `#result=${text}`), link);
      await shared.text('.verdict', /wrong/);
    });
  });

  it('shows a stranger’s markup as text', async () => {
    await withGallery(`#result=${await encodeReport(HOSTILE)}`, async ({ page }) => {
      const shared = new Panel(page, '#shared');
      await shared.text('.report-note', /<img src=x onerror="injected=1"><script>/);
      expect(await page.$$eval('#shared :is(img, script, b)', (found) => found.length)).toBe(0);
      expect(await page.$eval('#shared', (one) => /[\u202e\u0007]/.test(one.textContent!))).toBe(false);
    });
  });

  it.each([
    ['markup', MARKUP],
    ['nothing that is deflated', 'AAAA'],
    ['one that is cut off', 'eJyrVkrOzy0oSi0uTk1RslIqLU5VqgUAUpUHDA'],
    ['far too long', 'A'.repeat(100_000)],
    ['names of members', '__proto__'],
  ])('is one line of error where it is %s', async (_, text) => {
    await withGallery(`#result=${encodeURIComponent(text)}`, async ({ page, drawn }) => {
      const shared = new Panel(page, '#shared');
      expect(await shared.text('.fault', /./)).toMatch(/^It cannot be shown: [^\n]{1,200}$/);
      expect(await shared.texts('.verdict')).toEqual([]);
      await drawn(); // The rest of the page works.
    });
  });
});
