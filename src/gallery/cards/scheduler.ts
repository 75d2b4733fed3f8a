/** Work that the scheduler runs. Only its latest request counts. */
export interface Scheduled {
  readonly root: Element;
  run(signal: AbortSignal): Promise<void>;
}

/** A request waits this long for the next keystroke. */
const SETTLE_MS = 60;

/** Runs one card at a time: first those in view, each in the order of the page. */
export class Scheduler {
  private readonly waiting = new Set<Scheduled>();
  private readonly visible = new Set<Element>();
  private current: { readonly card: Scheduled; readonly controller: AbortController } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.visible.add(target);
      else this.visible.delete(target);
    }
  });

  add(card: Scheduled): void {
    this.observer.observe(card.root);
  }

  /** Runs the work anew. A run that goes on is stopped. */
  request(card: Scheduled): void {
    this.cancel(card);
    this.waiting.add(card);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.next(), SETTLE_MS);
  }

  cancel(card: Scheduled): void {
    this.waiting.delete(card);
    if (this.current?.card === card) this.current.controller.abort();
  }

  private async next(): Promise<void> {
    if (this.current !== undefined) return;
    while (this.waiting.size > 0) {
      const all = [...this.waiting];
      const card = all.find(({ root }) => this.visible.has(root)) ?? all[0];
      this.waiting.delete(card);
      this.current = { card, controller: new AbortController() };
      await card.run(this.current.controller.signal);
      this.current = undefined;
      await new Promise((resolve) => setTimeout(resolve)); // Between two cards the page has its turn.
    }
  }
}
