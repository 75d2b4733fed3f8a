/** AssemblyScript, which tools/wasm_plugin.ts compiles. */
declare module '*?wasm' {
  /** The WebAssembly module in hexadecimal. */
  const hex: string;
  export default hex;
}

/** A module that the same plugin bundles into one script. */
declare module '*?script' {
  const source: string;
  export default source;
}
