import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWhere } from '../harness/describe';
import { type Gallery, openGallery } from './page';
import { Panel } from './panel';

describeWhere('the throughput panel', () => {
  let gallery: Gallery;
  let panel: Panel;
  beforeAll(async () => {
    gallery = await openGallery('#throughput.most=1');
    panel = new Panel(gallery.page, '#throughput');
  });
  afterAll(() => gallery?.close());

  it('measures both, names both lines, and lists what it measured', async () => {
    await panel.click('Measure');
    expect(await panel.words(/^(Done|Not|Stopped)/)).toMatch(
      /^Done: medians at 3 sizes, GPU and CPU in turn/,
    );
    const names = await panel.texts(
      '.chart svg text[font-weight="600"], .chart svg [font-weight="600"] text',
    );
    expect(names.sort()).toEqual(['CPU', 'GPU']);
    expect(await panel.texts('.throughput-results tbody td:first-child')).toEqual([
      '65,536',
      '131,072',
      '262,144',
    ]);
    for (const rate of await panel.texts(
      '.throughput-results tbody td:nth-child(4), .throughput-results tbody td:nth-child(6)',
    ))
      expect(Number(rate)).toBeGreaterThan(0);
    expect(await panel.attribute('.chart svg', 'aria-label')).toMatch(
      /up to 262,144 elements: GPU [\d.]+, CPU [\d.]+ GB\/s$/,
    );
    expect(gallery.errors).toEqual([]);
  });

  it('names the adapter, its limits and its features', async () => {
    const { architecture, isFallback, limit } = await gallery.page.evaluate(async () => {
      const { info, limits } = (await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }))!;
      return {
        architecture: info.architecture, // '' in Firefox
        isFallback: info.isFallbackAdapter,
        limit: limits.maxComputeWorkgroupsPerDimension,
      };
    });
    const facts = (await panel.texts('.facts div')).join('\n');
    expect(facts).toContain(architecture);
    expect(facts).toContain(`Kind${isFallback ? 'Software' : 'Hardware'}`);
    expect(facts).toContain(`maxComputeWorkgroupsPerDimension${limit.toLocaleString('en-US')}`);
    expect((await panel.texts('.feature-list li')).length).toBeGreaterThan(0);
  });

  it('stops within a moment, and keeps what it has', async () => {
    await panel.select('largest tensor', '64');
    await panel.click('Measure');
    await panel.appears('.throughput-results tbody tr:nth-child(2)');
    await panel.click('Stop');
    expect(await panel.words(/^(Done|Not|Stopped)/)).toMatch(/^Stopped after \d+ of 9 sizes\.$/);
    expect((await panel.texts('.throughput-results tbody td:first-child')).length).toBeLessThan(9);
    expect(gallery.errors).toEqual([]);
  });

  it('goes on with another device when one is lost', async () => {
    await panel.select('largest tensor', '64');
    await panel.click('Measure');
    await panel.appears('.throughput-results tbody tr:nth-child(2)');
    await gallery.page.evaluate(() => window.devices.at(-1)!.destroy());
    expect(await panel.words(/^(Done|Not|Stopped)/)).toBe('Not finished.');
    expect(await panel.text('.fault:not([hidden])', /./)).toMatch(/lost/);
    await panel.text('.facts', /Kind/);
    await panel.select('largest tensor', '1');
    await panel.click('Measure');
    expect(await panel.words(/^(Done|Not|Stopped)/)).toMatch(/GPU and CPU in turn/);
  });
});

describeWhere('the throughput panel without WebGPU', () => {
  it('measures the CPU, and says why no more', async () => {
    const { page, errors, close } = await openGallery('#throughput.most=1', { withoutWebGpu: true });
    try {
      const panel = new Panel(page, '#throughput');
      await panel.appears('.adapter-note');
      expect(await panel.texts('.adapter-note')).toEqual([
        expect.stringMatching(/^This browser has no WebGPU, so only the CPU is measured/),
      ]);
      await panel.click('Measure');
      expect(await panel.words(/^(Done|Not|Stopped)/)).toBe('Done: medians at 3 sizes.');
      expect(await panel.texts('.throughput-results tbody td:nth-child(4)')).toEqual(['–', '–', '–']);
      for (const rate of await panel.texts('.throughput-results tbody td:nth-child(6)'))
        expect(Number(rate)).toBeGreaterThan(0);
      expect(errors).toEqual([]);
    } finally {
      await close();
    }
  });
});
