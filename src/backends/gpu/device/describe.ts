import type { AdapterInfo } from './adapter_kind';
import { type Agent, programOf } from './user_agent';

/**
 * An adapter in one line: its name, or what is known of one that has none, as in Firefox. `info` is undefined in
 * implementations from before a device had it.
 */
export function describe(
  info: Partial<AdapterInfo> | undefined,
  agent: Agent = (globalThis as { navigator?: Agent }).navigator ?? {},
): string {
  const { vendor, architecture, device, description, isFallbackAdapter } = info ?? {};
  const family = [vendor, architecture].filter(isName).join(' ');
  const parts = [isName(device) ? device : family, description].filter(isName);
  if (parts.length > 0) return parts.join(', ');
  const kind =
    isFallbackAdapter === undefined ? 'an adapter' : isFallbackAdapter ? 'a fallback adapter' : 'a GPU';
  const program = programOf(agent);
  return program === '' ? `${kind} without a name` : `${kind} that ${program} does not name`;
}

/** Some implementations give the numbers of PCI in place of names. */
function isName(part: string | undefined): boolean {
  return part !== undefined && !/^(0x[\da-f]*|\d*)$/i.test(part);
}
