/** The WebAssembly module that tools/wasm_plugin.ts packed: compressed with zlib's format, and then in base64. */
export async function unpackWasm(packed: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(unpacked).arrayBuffer();
}
