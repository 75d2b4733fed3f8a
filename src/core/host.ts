/** What the library needs from where it runs, beside the language itself. */
export interface Host {
  /** How many threads run at the same time, or 1 where that is not known. */
  processors(): number;
  /** Finds WebGPU, or gives undefined where there is none. */
  findGpu(): Promise<GPU | undefined>;
  /**
   * Starts a worker.
   * @param script the text of a script, which finds its channel to the caller in the variable `channel`
   * @param url a file that a browser takes instead of the text, undefined for none
   * @throws where workers are missing or forbidden
   */
  startWorker(script: string, url: string | undefined, listener: WorkerListener): WorkerPort;
}

/** A worker, as its caller sees it. */
export interface WorkerPort {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  terminate(): void;
  /** Says whether the process has to wait for the worker before it ends. */
  hold(yes: boolean): void;
}

/** What a worker's caller is told. */
export interface WorkerListener {
  message(data: unknown): void;
  /** The worker could not start, or it failed, or it was terminated. */
  end(): void;
}
