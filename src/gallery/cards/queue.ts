/** Work of which the last request counts: one at a time, in the order of the page, those in view first. */
export interface Worker {
  readonly root: Element;
  run(signal: AbortSignal): Promise<void>;
}

/** A request waits this long for the next keystroke. */
const SETTLE_MS = 60;

export class Queue {
  private readonly waiting = new Set<Worker>();
  private readonly visible = new Set<Element>();
  private current: { readonly worker: Worker; readonly controller: AbortController } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.visible.add(target);
      else this.visible.delete(target);
    }
  });

  add(worker: Worker): void {
    this.observer.observe(worker.root);
  }

  /** Runs it anew; what it is doing is stopped. */
  request(worker: Worker): void {
    this.cancel(worker);
    this.waiting.add(worker);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.next(), SETTLE_MS);
  }

  cancel(worker: Worker): void {
    this.waiting.delete(worker);
    if (this.current?.worker === worker) this.current.controller.abort();
  }

  private async next(): Promise<void> {
    if (this.current !== undefined) return;
    while (this.waiting.size > 0) {
      const all = [...this.waiting];
      const worker = all.find(({ root }) => this.visible.has(root)) ?? all[0];
      this.waiting.delete(worker);
      this.current = { worker, controller: new AbortController() };
      await worker.run(this.current.controller.signal);
      this.current = undefined;
      await new Promise((resolve) => setTimeout(resolve)); // the page has its turn between two cards
    }
  }
}
