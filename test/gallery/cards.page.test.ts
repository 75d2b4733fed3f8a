import { createHash } from 'node:crypto';
import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { FAMILIES } from '../../src/gallery/cards/families';
import { type Dtype, initializers, Sampler } from '../../src/index';
import { lawOf } from '../../src/statistics/laws';
import { describeWhere } from '../harness/describe';
import { type Gallery, openGallery } from './page';
import { Panel } from './panel';

interface Shown {
  readonly state: string | undefined;
  readonly backend: string | undefined;
  /** mean, stddev, min, max. */
  readonly numbers: number[];
  readonly chart: boolean;
  readonly colours: number;
  readonly made: string;
  readonly fault: string;
  readonly formula: string;
  readonly config: string;
  readonly code: string;
}

async function card(page: Page, className: string): Promise<Shown> {
  return page.$eval(`#card-${className}`, (root) => {
    const text = (selector: string): string => root.querySelector(selector)?.textContent ?? '';
    const canvas = root.querySelector('canvas')!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const [config, code] = [...root.querySelectorAll('pre')].map((pre) => pre.textContent ?? '');
    return {
      state: (root as HTMLElement).dataset.state,
      backend: (root as HTMLElement).dataset.backend,
      numbers: [...root.querySelectorAll('data')].map(({ value }) => Number(value)),
      chart: root.querySelector('.chart svg[role=img]') !== null,
      colours: new Set(new Uint32Array(data.buffer)).size,
      made: text('.made'),
      fault: [...root.querySelectorAll<HTMLElement>('.fault, .field-error')]
        .filter(({ hidden }) => !hidden)
        .map((one) => one.textContent)
        .join(' '),
      formula: text('.formula'),
      config,
      code,
    };
  });
}

/** What a card should say of a tensor, by the reference on the CPU. */
async function numbersOf(
  className: string,
  config: object,
  shape: number[],
  dtype: Dtype,
): Promise<number[]> {
  const sampler = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  await sampler.load();
  const values = await (
    await sampler.fill(initializers.get({ class_name: className, config })!, shape, { dtype })
  ).float32();
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const stddev = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  return [mean, stddev, values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

function expectNumbers(got: readonly number[], want: readonly number[], bound: number): void {
  expect(got).toHaveLength(4);
  for (let i = 0; i < 2; i++) expect(Math.abs(got[i] - want[i])).toBeLessThanOrEqual(Math.max(bound, 1e-9));
  for (let i = 2; i < 4; i++) expect(Math.abs(got[i] - want[i])).toBeLessThanOrEqual(bound);
}

describeWhere('the gallery', () => {
  let gallery: Gallery;
  let panel: Panel;
  beforeAll(async () => {
    gallery = await openGallery();
    panel = new Panel(gallery.page, '#initializers');
    await gallery.drawn();
  });
  afterEach(() => expect(gallery.errors).toEqual([]));
  afterAll(() => gallery?.close());

  it.each(FAMILIES.map((family) => [family.className, family] as const))(
    '%s shows values from the GPU, those of the contract',
    async (className, { random, parameters, dtypes = ['float32'] }) => {
      const shown = await card(gallery.page, className);
      expect(shown).toMatchObject({ state: 'ready', backend: 'gpu', chart: true, fault: '' });
      const config = {
        ...Object.fromEntries(
          parameters.map(({ name, initial, choices }) => [name, choices ? initial : Number(initial)]),
        ),
        ...(random && { seed: 42 }),
      };
      // An orthogonal's float32 sums depend on the device; STREAM.md, section 8, has the bound.
      expectNumbers(
        shown.numbers,
        await numbersOf(className, config, [256, 256], dtypes[0]),
        className === 'Orthogonal' ? 256 * 2 ** -18 : 0,
      );
      const initializer = initializers.deserialize(JSON.parse(shown.config));
      expect(initializer.className).toBe(className);
      const isDiscrete = lawOf(initializer.resolve([256, 256])).kind === 'discrete';
      if (random) expect(shown.colours).toBeGreaterThan(isDiscrete ? 1 : 50);
    },
  );

  it('says in its badge what computes, also where the adapter has no name, as in Firefox', async () => {
    const info = await gallery.page.evaluate(async () => {
      const { vendor, architecture, isFallbackAdapter } = (await navigator.gpu.requestAdapter())!.info;
      return { name: `${vendor} ${architecture}`.trim(), isFallbackAdapter };
    });
    const version = await gallery.page.browser().version();
    const [, firefox] = /^firefox\/(\d+)/i.exec(version) ?? [];
    expect(info.name === '', version).toBe(firefox !== undefined);
    const kind = info.isFallbackAdapter ? 'fallback adapter' : 'GPU';
    const name = info.name || `a ${kind} that Firefox ${firefox} does not name`;
    const software = info.isFallbackAdapter ? ', a driver that computes on the CPU' : '';
    expect(await gallery.page.$eval('#machine p', (one) => one.textContent)).toBe(`GPU ${name}${software}`);
  });

  it('follows shape, seed, dtype and arguments, and restores them from its link', async () => {
    await panel.select('seed', '18446744073709551615');
    await panel.select('shape', '3, 3, 16, 40');
    await panel.select('dtype', 'bfloat16');
    await panel.select('stddev', '0.5'); // of RandomNormal, the first that has one
    await gallery.drawn();
    const check = async ({ page }: Gallery): Promise<void> => {
      const he = await card(page, 'HeNormal');
      expect(he.made).toMatch(/^5,760 elements, bfloat16, by the GPU in /);
      expect(he.formula).toContain('fan_in = 144, fan_out = 360');
      expect(he.formula).toContain('√(2 / 144) = 0.1179');
      expect(he.code).toContain(
        "initializers.heNormal({ seed: 18446744073709551615n }), [3, 3, 16, 40], { dtype: 'bfloat16' }",
      );
      expectNumbers(
        he.numbers,
        await numbersOf('HeNormal', { seed: '18446744073709551615' }, [3, 3, 16, 40], 'bfloat16'),
        0,
      );
      const normal = await card(page, 'RandomNormal');
      expectNumbers(
        normal.numbers,
        await numbersOf(
          'RandomNormal',
          { stddev: 0.5, seed: '18446744073709551615' },
          [3, 3, 16, 40],
          'bfloat16',
        ),
        0,
      );
      expect((await card(page, 'Identity')).fault).toMatch(/^Identity needs a shape of rank 2, got/);
    };
    await check(gallery);
    const hash = await gallery.page.evaluate(() => location.hash);
    const restored = await openGallery(hash, { from: 'server' });
    try {
      await restored.drawn();
      await check(restored);
      expect(restored.errors).toEqual([]);
    } finally {
      await restored.close();
    }
  });

  it('lets a card have a shape, a seed and a dtype of its own', async () => {
    const own = await openGallery('#HeNormal.shape=64,32&HeNormal.seed=7&HeNormal.dtype=bfloat16&shape=8,8');
    try {
      await own.drawn();
      expectNumbers(
        (await card(own.page, 'HeNormal')).numbers,
        await numbersOf('HeNormal', { seed: 7 }, [64, 32], 'bfloat16'),
        0,
      );
      expect((await card(own.page, 'HeUniform')).made).toMatch(/^64 elements, float32/);
    } finally {
      await own.close();
    }
  });

  it('says at the field what cannot be, and keeps the picture, paler', async () => {
    await panel.select('stddev', '-1');
    await gallery.drawn();
    const normal = await card(gallery.page, 'RandomNormal');
    expect(normal).toMatchObject({ state: 'stale', chart: true });
    expect(normal.fault).toMatch(/^stddev must be a finite number >= 0, got -1/);
    await panel.select('shape', '3, x');
    expect(await panel.text('.settings .field-error:not([hidden])', /./)).toBe(
      'shape must be whole numbers such as 256, 256, got "3, x"',
    );
    await panel.click('Reset');
    await gallery.drawn();
    expect(await gallery.page.evaluate(() => location.hash)).toBe('');
    expect((await card(gallery.page, 'RandomNormal')).made).toMatch(/^65,536 elements, float32/);
  });

  it('looks at the beginning of a tensor that is larger than memory', async () => {
    await panel.select('shape', '1000000, 1000000');
    await gallery.page.waitForFunction(
      () =>
        document
          .querySelector('#card-LecunUniform .made')
          ?.textContent?.startsWith('the first 262,144 of 1,000,000,000,000 elements'),
      { timeout: 60_000 },
    );
    await panel.click('Reset');
    await gallery.drawn();
  });

  it('hashes the tensor of a card on GPU and CPU, and both agree with the library', async () => {
    const both = new Panel(gallery.page, '#reproducibility');
    await both.select('tensor of the card', 'HeNormal');
    await both.click('Compute on both');
    expect(await both.text('.verdict', /./)).toBe('Same bits: both agree.');
    const reference = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const values = await (await reference.fill('he_normal', [256, 256], { seed: 42 })).data();
    const wanted = createHash('sha256').update(values).digest('hex');
    expect(await both.texts('.hash')).toEqual([wanted, wanted]);
  });

  it('recovers from a lost device', async () => {
    const other = await openGallery('#shape=16,16');
    try {
      await other.drawn();
      await other.page.evaluate(() => window.devices.at(-1)!.destroy());
      await other.page.waitForFunction(
        () => document.getElementById('machine')!.textContent!.includes('another one has taken its place'),
        { timeout: 60_000 },
      );
      await other.drawn();
      expect(await card(other.page, 'HeUniform')).toMatchObject({ state: 'ready', backend: 'gpu' });
    } finally {
      await other.close();
    }
  });

  it('without WebGPU says so, and shows the same values from the CPU', async () => {
    const other = await openGallery('', { withoutWebGpu: true });
    try {
      await other.drawn();
      expect(await other.page.$eval('#machine', (one) => one.textContent)).toMatch(
        /^CPU WebAssembly SIMD.*This browser has no WebGPU/,
      );
      const [with_, without] = [
        await card(gallery.page, 'GlorotNormal'),
        await card(other.page, 'GlorotNormal'),
      ];
      expect(without.backend).toBe('cpu');
      expect(without.numbers).toEqual(with_.numbers);
      expect(other.errors).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it.each([360, 1280])('fits a width of %i pixels, with a name for every control', async (width) => {
    const other = await openGallery('#on=cpu', { width });
    try {
      await other.drawn();
      expect(await other.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        width,
      );
      const nameless = await other.page.$$eval('input, select, button', (controls) =>
        controls
          .filter(
            (one) =>
              !(one as HTMLInputElement).labels?.length &&
              !one.textContent?.trim() &&
              !one.getAttribute('aria-label'),
          )
          .map((one) => one.outerHTML),
      );
      expect(nameless).toEqual([]);
      expect(other.errors).toEqual([]);
    } finally {
      await other.close();
    }
  });
});
