import { describe, expect, it } from 'vitest';
import { browserOf, hostOf } from '../../src/gallery/verify/host';

describe('the host of a page', () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
      ['Firefox', '153.0', 'Linux', 'x86_64'],
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      ['Microsoft Edge', '140.0.0.0', 'Windows', 'x64'],
    ],
    [
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
      ['Chrome', '140.0.0.0', 'Android', ''],
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
      ['Safari', '26.0', 'macOS', ''],
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
      ['Safari', '26.0', 'iOS', ''],
    ],
    ['something new', ['an unknown browser', '', '', '']],
  ])('is what its user agent says: %s', (userAgent, wanted) => {
    const { runtime, platform } = hostOf(userAgent);
    expect([runtime.name, runtime.version, platform.system, platform.architecture]).toEqual(wanted);
  });

  it('is named by its own brand, not by its engine or the decoy', () => {
    const decoy = { brand: 'Not;A=Brand', version: '99.0.0.0' };
    const engine = { brand: 'Chromium', version: '140.0.1.2' };
    const own = { brand: 'Google Chrome', version: '140.0.1.3' };
    expect(browserOf([decoy, engine, own])).toEqual({ name: 'Google Chrome', version: '140.0.1.3' });
    expect(browserOf([engine, decoy])).toEqual({ name: 'Chromium', version: '140.0.1.2' });
    expect(browserOf([])).toBeUndefined();
  });
});
