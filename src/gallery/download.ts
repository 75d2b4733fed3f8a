/** After so many milliseconds the memory of a download is freed. By then a browser has begun with it. */
const KEEP_MS = 60_000;

/** Puts a file among the visitor's downloads. */
export function download(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
