/** AssemblyScript, which tools/wasm_plugin.ts compiles. */
declare module '*?wasm' {
  /** The WebAssembly module, compressed with zlib's format and then in base64. */
  const packed: string;
  export default packed;
}

/** A module that the same plugin bundles into one script. */
declare module '*?script' {
  const source: string;
  export default source;
}
