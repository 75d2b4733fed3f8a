import { button } from './controls';
import { element, freshId } from './dom';

/** A progress bar with a line of words and a button that stops the work. */
export class Progress {
  readonly root: HTMLElement;
  private readonly bar: HTMLProgressElement;
  private readonly words: HTMLElement;
  private readonly stop: HTMLButtonElement;
  private controller: AbortController | undefined;

  /** @param label what the work is, in words for those who only hear the page */
  constructor(label: string) {
    const id = freshId('progress');
    this.bar = element('progress', { max: 1, value: 0, 'aria-label': label, 'aria-describedby': id });
    this.words = element('p', { id, class: 'progress-words', role: 'status' });
    this.stop = button('Stop', () => this.controller?.abort());
    this.root = element('div', { class: 'progress', hidden: true }, this.bar, this.stop, this.words);
  }

  get running(): boolean {
    return this.controller !== undefined;
  }

  /** Stops the work, like the button. */
  cancel(): void {
    this.controller?.abort();
  }

  /**
   * Shows the bar at 0 and the stop button. Work that goes on is stopped.
   * @returns the signal that is aborted when the work is stopped
   */
  begin(words: string): AbortSignal {
    this.controller?.abort();
    this.controller = new AbortController();
    this.root.hidden = false;
    this.root.classList.add('running');
    this.stop.hidden = false;
    this.report(0, words);
    return this.controller.signal;
  }

  /** @param share of the work that is done, in [0, 1] */
  report(share: number, words?: string): void {
    this.bar.value = share;
    if (words !== undefined) this.words.textContent = words;
  }

  /** Removes the button. The words stay. */
  end(words: string): void {
    this.controller = undefined;
    this.root.classList.remove('running');
    this.stop.hidden = true;
    this.words.textContent = words;
  }
}
