/** Options to watch a computation and to stop it. */
export interface Watch {
  /** Stops the computation when it is aborted: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** A function that is called now and then with the share of the work that is done, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}
