/** AssemblyScript, which tools/wasm_plugin.ts compiles. */
declare module '*?wasm' {
  /** The WebAssembly module in base64. */
  const base64: string;
  export default base64;
}

/** A module that the same plugin bundles into one script. */
declare module '*?script' {
  const source: string;
  export default source;
}
