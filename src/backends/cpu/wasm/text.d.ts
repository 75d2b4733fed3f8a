/** AssemblyScript, compiled by tools/wasm_plugin.ts. */
declare module '*?wasm' {
  /** The WebAssembly in base64. */
  const base64: string;
  export default base64;
}

/** A module bundled into one script by the same. */
declare module '*?script' {
  const source: string;
  export default source;
}
