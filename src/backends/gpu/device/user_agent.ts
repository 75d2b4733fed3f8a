/** What of `navigator` says which program this is. */
export interface Agent {
  readonly userAgent?: string;
  /** In browsers made from Chromium. */
  readonly userAgentData?: {
    readonly brands?: readonly { readonly brand: string; readonly version: string }[];
  };
}

/**
 * The browser or runtime and its version, such as 'Firefox 153', as it calls itself. It is 'this browser' where the
 * browser is not surely known, since most user agents carry the names of other browsers, and '' outside of browsers.
 */
export function programOf({ userAgent = '', userAgentData }: Agent): string {
  // One of the brands is always made up, such as 'Not:A-Brand', so that pages do not rely on the list.
  const brands = (userAgentData?.brands ?? []).filter(({ brand }) => !/brand/i.test(brand));
  const brand = brands.find(({ brand }) => brand !== 'Chromium') ?? brands[0];
  if (brand !== undefined) return `${brand.brand} ${brand.version}`;
  // Browsers made from Firefox have a further word after this one.
  const firefox = /^Mozilla\/.* Gecko\/\S+ Firefox\/(\d+)[\d.]*$/.exec(userAgent);
  if (firefox !== null) return `Firefox ${firefox[1]}`;
  const runtime = /^(Deno|Bun|Node\.js)\/(\d+(?:\.\d+)?)/.exec(userAgent);
  if (runtime !== null) return `${runtime[1]} ${runtime[2]}`;
  return userAgent.startsWith('Mozilla/') ? 'this browser' : '';
}
