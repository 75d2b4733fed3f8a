import type { Subject } from '../../verify/machine/report';

/** What browsers of Chromium's say about themselves beside their user agent (User-Agent Client Hints). */
interface UserAgentData {
  getHighEntropyValues(names: readonly string[]): Promise<{
    readonly fullVersionList?: readonly Brand[];
    readonly platform?: string;
    readonly platformVersion?: string;
    readonly architecture?: string;
    readonly bitness?: string;
  }>;
}

interface Brand {
  readonly brand: string;
  readonly version: string;
}

/** The browser and the platform, as far as the browser says. */
export async function hostHere(): Promise<Pick<Subject, 'runtime' | 'platform'>> {
  const { userAgent, userAgentData } = navigator as Navigator & { userAgentData?: UserAgentData };
  const fromUserAgent = hostOf(userAgent);
  const hints = await userAgentData
    ?.getHighEntropyValues(['fullVersionList', 'platformVersion', 'architecture', 'bitness'])
    .catch(() => undefined); // A policy of the page's may forbid it.
  if (hints === undefined) return fromUserAgent;
  const {
    fullVersionList = [],
    platform = '',
    platformVersion = '',
    architecture = '',
    bitness = '',
  } = hints;
  return {
    runtime: browserOf(fullVersionList) ?? fromUserAgent.runtime,
    platform: {
      system: `${platform} ${/^\d+(\.\d+)*/.exec(platformVersion)?.[0] ?? ''}`.trim(),
      architecture: [architecture, bitness].filter((part) => part !== '').join(' '),
    },
  };
}

/** The brand that names the browser best: its own, else that of its engine. One of the brands is a decoy. */
export function browserOf(brands: readonly Brand[]): Subject['runtime'] | undefined {
  const real = brands.filter(({ brand }) => !/brand/i.test(brand));
  const { brand, version } = real.find(({ brand }) => brand !== 'Chromium') ?? real[0] ?? {};
  return brand === undefined || version === undefined ? undefined : { name: brand, version };
}

const BROWSERS = [
  ['Firefox', /\bFirefox\/([\d.]+)/],
  ['Microsoft Edge', /\bEdg\/([\d.]+)/],
  ['Chrome', /\bChrome\/([\d.]+)/],
  ['Safari', /\bVersion\/([\d.]+).*\bSafari\//],
] as const;

const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(iPhone|iPad)\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** What a user agent says. Its numbers of systems are left out, since browsers no longer tell true ones. */
export function hostOf(userAgent: string): Pick<Subject, 'runtime' | 'platform'> {
  const browser = BROWSERS.find(([, pattern]) => pattern.test(userAgent));
  const system = SYSTEMS.find(([, pattern]) => pattern.test(userAgent));
  return {
    runtime: {
      name: browser?.[0] ?? 'an unknown browser',
      version: browser?.[1].exec(userAgent)?.[1] ?? '',
    },
    platform: {
      system: system?.[0] ?? '',
      architecture: /\b(x86_64|aarch64|arm64|armv\w+|x64|i686)\b/.exec(userAgent)?.[1] ?? '',
    },
  };
}
