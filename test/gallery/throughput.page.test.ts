import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gallery, openGallery } from './page';
import { Panel } from './panel';

describe('the throughput panel', () => {
  let gallery: Gallery;
  let panel: Panel;
  beforeAll(async () => {
    gallery = await openGallery('#throughput.most=1');
    panel = new Panel(gallery.page, '#throughput');
  });
  afterAll(() => gallery?.close());

  it('measures both, names both lines, and lists what it measured', async () => {
    await panel.click('Measure');
    expect(await panel.words(/^(Done|Not|Stopped)/)).toMatch(/^Done: medians at 3 sizes, GPU and CPU in turn/);
    const names = await panel.texts('.chart svg text[font-weight="600"], .chart svg [font-weight="600"] text');
    expect(names.sort()).toEqual(['CPU', 'GPU']);
    expect(await panel.texts('tbody th')).toEqual(['65,536', '131,072', '262,144']);
    for (const rate of await panel.texts('tbody td:nth-child(4), tbody td:nth-child(6)')) expect(Number(rate)).toBeGreaterThan(0);
    expect(await panel.attribute('.chart svg', 'aria-label')).toMatch(/up to 262,144 elements: GPU [\d.]+, CPU [\d.]+ GB\/s$/);
    expect(gallery.errors).toEqual([]);
  });

  it('names the adapter, its limits and its features', async () => {
    const { info, limit } = await gallery.page.evaluate(async () => {
      const adapter = (await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }))!;
      return { info: adapter.info.architecture, limit: adapter.limits.maxComputeWorkgroupsPerDimension };
    });
    const facts = (await panel.texts('.facts div')).join('\n');
    expect(facts).toContain(info);
    expect(facts).toContain(`maxComputeWorkgroupsPerDimension${limit.toLocaleString('en-US')}`);
    if (info === 'swiftshader') expect(facts).toContain('Software');
    expect((await panel.texts('.feature-list li')).length).toBeGreaterThan(0);
  });

  it('stops within a moment, and keeps what it has', async () => {
    await panel.select('Largest tensor', '256');
    await panel.click('Measure');
    await panel.appears('tbody tr:nth-child(2)');
    await panel.click('Stop');
    expect(await panel.words(/^(Done|Not|Stopped)/)).toMatch(/^Stopped after \d+ of 11 sizes\.$/);
    expect((await panel.texts('tbody th')).length).toBeLessThan(11);
    expect(gallery.errors).toEqual([]);
  });
});
