/** The package's own types are not where its `exports` would let them be found. */
declare module 'cephes' {
  const cephes: {
    readonly compiled: Promise<void>;
    erfc(x: number): number;
    lgam(x: number): number;
    igam(a: number, x: number): number;
    igamc(a: number, x: number): number;
    incbet(a: number, b: number, x: number): number;
  };
  export default cephes;
}
