/** What may watch a computation and stop it. */
export interface Watch {
  readonly signal?: AbortSignal;
  /** Called now and then with the share of the work that is done, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}
