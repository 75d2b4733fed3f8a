import { throwIfAborted } from '../../../core/abort';
import { PANEL } from '../../../jobs/qr_plan';
import { appliedPerStep, factoredPerStep, orthonormalize, workOf } from '../orthogonal/qr';
import { nextTurn } from '../turns';
import type { FastQr } from '../wasm/fast_qr';
import type { QrCalls } from './qr_calls';
import type { Thread } from './thread';

/** A thread that helps has ended, or has no memory left, and what it had of the matrix is lost. */
class ThreadLost extends Error {}

/** The milliseconds after which answers of the helpers are heard. */
const HEAR_MS = 2;

/** What the work asks for on its way. */
export interface SharedWatch {
  readonly signal: AbortSignal | undefined;
  /** Is called and awaited many times, with the share of the work that is done. */
  readonly pause: (share: number) => Promise<void>;
  /** The threads that may help at present. */
  readonly ready: () => readonly Thread[];
}

/**
 * Does what `orthonormalize` does, with the help of threads. Each has some panels of the matrix in a memory of
 * its own. Who has the next panel factors it first and passes its reflectors on, and then all apply the present ones to
 * their panels. The elements have the same bits however the panels are dealt out.
 * @param load gives the matrix once more, for the case that a thread ends; this thread then goes on alone
 */
export async function orthonormalizeShared(
  qr: FastQr,
  load: () => Promise<Float32Array>,
  watch: SharedWatch,
): Promise<void> {
  let share = 0;
  const pause = (now: number): Promise<void> => watch.pause((share = Math.max(share, now)));
  const shared = new SharedQr(qr, { ...watch, pause });
  try {
    await shared.factor();
    await shared.multiply();
    await shared.gather();
  } catch (error) {
    if (!(error instanceof ThreadLost)) throw error;
    await qr.load(await load(), () => pause(share));
    await orthonormalize(qr, pause);
  } finally {
    shared.close();
  }
}

/** Who has panels of the matrix, each named by its first column. */
interface Owner {
  readonly panels: Set<number>;
  /** The milliseconds for one row of a panel, undefined until something was measured. */
  cost: number | undefined;
}

class SharedQr {
  private readonly here: Owner;
  private readonly helpers: Helper[] = [];
  private readonly total: number;
  private done = 0;
  private closed = false;
  private heard = performance.now();

  constructor(
    private readonly qr: FastQr,
    private readonly watch: SharedWatch,
  ) {
    const { rows, columns } = qr;
    const panels = Array.from({ length: Math.ceil(columns / PANEL) }, (_, i) => PANEL * i);
    this.here = { panels: new Set(panels), cost: undefined };
    this.total = workOf(rows, columns);
  }

  /** Factors the matrix, from left to right. */
  async factor(): Promise<void> {
    const { columns } = this.qr;
    await this.factorHere(0);
    let reflectors: Promise<void> | undefined;
    for (let first = 0; first < columns; first += PANEL) {
      if (reflectors !== undefined) await this.until(reflectors);
      reflectors = undefined;
      const next = first + PANEL;
      if (next >= columns) return;
      await this.deal(first, next);
      const owner = this.helpers.find(({ panels }) => panels.has(next));
      if (owner !== undefined) {
        this.applyThere(owner, first, true, [next]);
        reflectors = this.fetch(owner, 'reflect', next);
      }
      for (const helper of this.helpers) {
        this.applyThere(helper, first, true, panelsFrom(helper, next + (helper === owner ? 1 : 0)));
      }
      if (owner === undefined) {
        await this.applyHere(first, true, [next]);
        await this.factorHere(next);
      }
      await this.applyHere(first, true, panelsFrom(this.here, next + 1));
    }
  }

  /** Multiplies the reflectors to Q, from right to left. */
  async multiply(): Promise<void> {
    let first = PANEL * Math.floor((this.qr.columns - 1) / PANEL);
    let reflectors = this.unpack(first);
    for (; first >= 0; first -= PANEL) {
      await this.until(reflectors);
      await this.deal(first, first);
      // Before the work, so that nobody has to wait for them.
      if (first > 0) reflectors = this.unpack(first - PANEL);
      for (const helper of this.helpers) {
        this.applyThere(helper, first, false, panelsFrom(helper, first));
      }
      await this.applyHere(first, false, panelsFrom(this.here, first));
    }
  }

  /** Takes all panels back. */
  async gather(): Promise<void> {
    const taken = this.helpers.map((helper) => this.takeBack(helper, [...helper.panels]));
    await this.until(Promise.all(taken));
  }

  close(): void {
    this.closed = true;
    for (const helper of this.helpers) void helper.call('close');
  }

  /** Deals the panels from a column on out again where that saves time. `first` is the panel that is to be applied. */
  private async deal(first: number, from: number): Promise<void> {
    const { here, helpers, qr } = this;
    for (const thread of this.watch.ready()) {
      if (helpers.some((helper) => helper.thread === thread)) continue;
      const helper = new Helper(thread, qr);
      void helper.call('setReflectors', first, qr.reflectors(first));
      helpers.push(helper);
    }
    const owners = [here, ...helpers];
    const count = owners.reduce((sum, owner) => sum + panelsFrom(owner, from).length, 0);
    if (helpers.length === 0 || count < 2 * owners.length) return;
    const speedOf = ({ cost }: Owner): number => 1 / (cost ?? here.cost ?? 1);
    const speed = owners.reduce((sum, owner) => sum + speedOf(owner), 0);
    const surplusOf = (owner: Owner): number => {
      const fair = (count * speedOf(owner)) / speed;
      const surplus = panelsFrom(owner, from).length - fair;
      return Math.abs(surplus) < Math.max(1, fair / 8) ? 0 : Math.trunc(surplus);
    };
    const back = helpers.map((helper) =>
      this.takeBack(helper, spread(panelsFrom(helper, from), surplusOf(helper))),
    );
    await this.until(Promise.all(back));
    for (const helper of helpers) {
      for (const panel of spread(panelsFrom(here, from), -surplusOf(helper))) {
        void helper.call('put', panel, qr.panel(panel).slice());
        move(panel, here, helper);
        await this.turn();
      }
    }
  }

  private async takeBack(helper: Helper, panels: readonly number[]): Promise<void> {
    const answers = panels.map((panel) => helper.call('take', panel));
    for (const [i, panel] of panels.entries()) {
      const columns = await answers[i];
      if (this.closed) return;
      this.qr.panel(panel).set(known(columns));
      move(panel, helper, this.here);
    }
  }

  private async factorHere(first: number): Promise<void> {
    const { qr } = this;
    const width = qr.width(first);
    const most = factoredPerStep(qr.rows - first);
    for (let begin = 0; begin < width; begin += most) {
      const end = Math.min(begin + most, width);
      qr.factor(first, begin, end);
      await this.did(first, end - begin);
    }
    this.passOn(first);
  }

  private async applyHere(first: number, transposed: boolean, panels: readonly number[]): Promise<void> {
    const { qr, here } = this;
    const rows = qr.rows - first;
    const most = appliedPerStep(rows);
    let milliseconds = 0;
    for (const panel of panels) {
      const last = panel + qr.width(panel);
      for (let begin = panel; begin < last; begin += most) {
        const end = Math.min(begin + most, last);
        const begun = performance.now();
        qr.apply(first, transposed, begin, end);
        milliseconds += performance.now() - begun;
        await this.did(first, end - begin);
      }
    }
    measured(here, milliseconds, rows * panels.length);
  }

  private applyThere(helper: Helper, first: number, transposed: boolean, panels: readonly number[]): void {
    if (panels.length === 0) return;
    const rows = this.qr.rows - first;
    void helper.call('applyTo', panels, first, transposed).then((milliseconds) => {
      if (milliseconds === undefined) return;
      measured(helper, milliseconds as number, rows * panels.length);
      this.done += rows * panels.reduce((sum, panel) => sum + this.qr.width(panel), 0);
    });
  }

  /** Turns a panel from V into unit columns. Resolves when all have its reflectors. */
  private unpack(first: number): Promise<void> {
    const owner = this.helpers.find(({ panels }) => panels.has(first));
    if (owner !== undefined) return this.fetch(owner, 'release', first);
    this.qr.unpack(first);
    this.passOn(first);
    return Promise.resolve();
  }

  /** Asks a helper for the reflectors of its panel, and passes them on. */
  private fetch(owner: Helper, call: 'reflect' | 'release', first: number): Promise<void> {
    const fetched = owner.call(call, first).then((answer) => {
      if (this.closed) return;
      this.qr.setReflectors(first, known(answer));
      this.passOn(first, owner);
      if (call === 'reflect') this.done += (this.qr.rows - first) * this.qr.width(first);
    });
    fetched.catch(() => undefined); // Where the work ends before, nobody waits for it.
    return fetched;
  }

  private passOn(first: number, owner?: Helper): void {
    for (const helper of this.helpers) {
      if (helper !== owner) void helper.call('setReflectors', first, this.qr.reflectors(first));
    }
  }

  private async did(first: number, columns: number): Promise<void> {
    this.done += (this.qr.rows - first) * columns;
    await this.turn();
  }

  private async turn(): Promise<void> {
    if (performance.now() - this.heard > HEAR_MS) {
      await nextTurn();
      this.heard = performance.now();
    }
    await this.watch.pause(this.done / this.total);
  }

  /** Waits for a helper, and for an abort. */
  private async until(answer: Promise<unknown>): Promise<void> {
    const { signal } = this.watch;
    answer.catch(() => undefined); // After an abort nobody waits for it.
    throwIfAborted(signal);
    let abort: (() => void) | undefined;
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(signal?.reason as Error);
      signal?.addEventListener('abort', abort);
    });
    try {
      await Promise.race([answer, aborted]);
    } finally {
      signal?.removeEventListener('abort', abort!);
    }
    await this.turn();
  }
}

/** The numbers by which threads tell factorizations apart. */
let factorizations = 0;

/** A thread with some panels. */
class Helper implements Owner {
  readonly panels = new Set<number>();
  cost: number | undefined;
  private readonly qr = factorizations++;

  constructor(
    readonly thread: Thread,
    { rows, columns }: FastQr,
  ) {
    void this.call('open', rows, columns);
  }

  /**
   * Calls a function of the factorization. Arrays among the arguments are transferred.
   * @returns its result, true where it has none, or undefined where the thread ended before, or had no memory
   */
  call<Name extends keyof QrCalls>(
    call: Name,
    ...args: Parameters<QrCalls[Name]>
  ): Promise<Exclude<ReturnType<QrCalls[Name]>, void> | true | undefined> {
    const arrays = (args as readonly unknown[]).filter((arg) => arg instanceof Float64Array);
    const buffers = arrays.map(({ buffer }) => buffer as ArrayBuffer);
    return this.thread.ask({ qr: this.qr, call, args }, buffers) as ReturnType<typeof this.call<Name>>;
  }
}

/** The panels of an owner that begin in a column or behind it, from left to right. */
function panelsFrom({ panels }: Owner, column: number): number[] {
  return [...panels].filter((panel) => panel >= column).sort((a, b) => a - b);
}

function move(panel: number, from: Owner, to: Owner): void {
  from.panels.delete(panel);
  to.panels.add(panel);
}

/** `count` of some panels, evenly spread over them, so that each owner has a share of what is left at any time. */
function spread(panels: readonly number[], count: number): number[] {
  const most = Math.min(count, panels.length);
  return Array.from(
    { length: Math.max(0, most) },
    (_, i) => panels[Math.floor(((i + 0.5) * panels.length) / most)],
  );
}

function measured(owner: Owner, milliseconds: number, work: number): void {
  if (work === 0) return;
  const cost = milliseconds / work;
  owner.cost = owner.cost === undefined ? cost : (owner.cost + cost) / 2;
}

function known<T>(answer: T | undefined): Exclude<T, true> {
  if (answer === undefined) throw new ThreadLost();
  return answer as Exclude<T, true>;
}
