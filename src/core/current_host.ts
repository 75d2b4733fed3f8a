import type { Host } from './host';
import { WEB_HOST } from './web_host';

let current: Host = WEB_HOST;

/** Where this runs: a browser, unless `useHost` was told of something else. */
export function host(): Host {
  return current;
}

/** Says where this runs. An entry calls it before anything else. */
export function useHost(other: Host): void {
  current = other;
}
