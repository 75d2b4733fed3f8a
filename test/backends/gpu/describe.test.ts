import { describe as suite, expect, it } from 'vitest';
import { describe } from '../../../src/backends/gpu/device/describe';

const NAMELESS = { vendor: '', architecture: '', device: '', description: '' };

suite('an adapter with a name', () => {
  it.each([
    // As Chrome, Safari, Dawn and Deno give them.
    [['nvidia', 'ampere', '', ''], 'nvidia ampere'],
    [['apple', 'metal-3', '', ''], 'apple metal-3'],
    [['google', 'swiftshader', '', ''], 'google swiftshader'],
    [['nvidia', 'hopper', '0x2330', 'NVIDIA H100 80GB HBM3'], 'nvidia hopper, NVIDIA H100 80GB HBM3'],
    [
      ['google', 'swiftshader', 'swiftshader-device-subzero-', 'SwiftShader driver 5.0.0'],
      'swiftshader-device-subzero-, SwiftShader driver 5.0.0',
    ],
    [['65541', '', '0', 'llvmpipe (LLVM 15.0.6, 256 bits)'], 'llvmpipe (LLVM 15.0.6, 256 bits)'],
    [['', '', 'GeForce', ''], 'GeForce'],
    [['intel', '', '', ''], 'intel'],
  ])('%j is %s', ([vendor, architecture, device, description], name) => {
    expect(describe({ vendor, architecture, device, description, isFallbackAdapter: true })).toBe(name);
  });
});

suite('an adapter without a name', () => {
  const mozilla = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';

  it('is said to be a GPU, a fallback or neither, as far as it is known', () => {
    const agent = { userAgent: mozilla };
    expect(describe({ ...NAMELESS, isFallbackAdapter: false }, agent)).toBe(
      'a GPU that Firefox 153 does not name',
    );
    expect(describe({ ...NAMELESS, isFallbackAdapter: true }, agent)).toBe(
      'a fallback adapter that Firefox 153 does not name',
    );
    expect(describe(NAMELESS, agent)).toBe('an adapter that Firefox 153 does not name');
    expect(describe(undefined, agent)).toBe('an adapter that Firefox 153 does not name');
    expect(describe({ ...NAMELESS, vendor: '4098', device: '0x73bf' }, agent)).toBe(
      'an adapter that Firefox 153 does not name',
    );
  });

  it.each([
    [{ userAgent: 'Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0' }, 'Firefox 150'],
    [{ userAgent: 'Deno/2.9.6' }, 'Deno 2.9'],
    [{ userAgent: 'Bun/1.3.1' }, 'Bun 1.3'],
    [{ userAgent: 'Node.js/22' }, 'Node.js 22'],
    [
      {
        userAgent:
          'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
        userAgentData: {
          brands: [
            { brand: 'Chromium', version: '141' },
            { brand: 'Not?A_Brand', version: '8' },
            { brand: 'Microsoft Edge', version: '141' },
          ],
        },
      },
      'Microsoft Edge 141',
    ],
    [
      {
        userAgentData: {
          brands: [
            { brand: ' Not A;Brand', version: '99' },
            { brand: 'Chromium', version: '156' },
          ],
        },
      },
      'Chromium 156',
    ],
  ])('%j is %s', (agent, program) => {
    expect(describe(NAMELESS, agent)).toBe(`an adapter that ${program} does not name`);
  });

  it.each([
    // Each carries the name of another browser: SeaMonkey, Firefox for iOS, Chrome without brands, Epiphany.
    'Mozilla/5.0 (X11; Linux x86_64; rv:91.0) Gecko/20100101 Firefox/91.0 SeaMonkey/2.53.18',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/141.0 Mobile/15E148 Safari/605.1.15',
    'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  ])('is one of this browser’s where that is not surely known: %s', (userAgent) => {
    expect(describe(NAMELESS, { userAgent })).toBe('an adapter that this browser does not name');
  });

  it('has no program beside it where there is no user agent', () => {
    expect(describe({ ...NAMELESS, isFallbackAdapter: false }, {})).toBe('a GPU without a name');
    expect(describe(undefined, { userAgent: '', userAgentData: { brands: [] } })).toBe(
      'an adapter without a name',
    );
  });
});
