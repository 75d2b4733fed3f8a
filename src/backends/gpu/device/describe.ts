/** An adapter's name in one line. */
export function describe(info: GPUAdapterInfo): string {
  const parts = [info.device || info.architecture || info.vendor, info.description].filter(
    (part) => part !== '',
  );
  return parts.length > 0 ? parts.join(', ') : 'unnamed adapter';
}
