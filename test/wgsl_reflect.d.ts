/** The package's main entry does not load as an ES module in Node; this file of it does. */
declare module 'wgsl_reflect/wgsl_reflect.module.js' {
  export * from 'wgsl_reflect';
}
