import { oneLine } from '../../src/cli/faults';
import type { CaseResult } from '../../src/verify/machine/examine';
import { type Allowance, Budget } from './budget';
import { CardProcess } from './card_process';
import { FRAMEWORKS, isSameCard, measureFramework } from './frameworks';
import { type Item, itemsOf, type PartName, PARTS, type Sizes } from './items';
import type { FoundCard } from './open';
import type { GpuOptions } from './options';
import { TimeProgress } from './progress';
import { softwareWarning } from './report';
import type { GpuResults } from './results';
import { type Row, unmeasured } from './row';
import type { Settling } from './settle';

/** The share of an item's time that its timing may take; the rest is for compiling and verifying. */
const TIMING_SHARE = 0.5;
/** More makes no median better. */
const MOST_TIMING_MS = 1500;
/** With less nothing can be measured. */
const LEAST_TIMING_MS = 50;
/** A card that is opened first is cold; one that is opened again hardly. */
const SETTLE_MS = { first: 5000, again: 1000 };
/** A card that was lost may take so long to come again. */
const REOPEN_MS = 30_000;
/** A card that is lost so often in a part is asked no more in it. */
const MOST_FAULTS = 5;
/** A run that is interrupted loses no more than what was measured in so long. */
const SAVE_MS = 10_000;
const NO_TIME = 'the time for this part was over';

export type Measured = Pick<GpuResults, 'rows' | 'frameworks' | 'times' | 'settlings' | 'faults'> & {
  /** What the examination of the contract gave, in the order of its cases. */
  readonly examined: readonly CaseResult[];
};

/** Measures all parts on a card, within the time. */
export class Session {
  private readonly rows: Row[] = [];
  private readonly frameworks: GpuResults['frameworks'][number][] = [];
  private readonly times: GpuResults['times'][number][] = [];
  private readonly settlings: Settling[] = [];
  private readonly faults: string[] = [];
  private readonly examined = new Map<number, CaseResult>();
  private readonly progress: TimeProgress;
  private readonly budget: Budget<PartName>;
  private process: CardProcess | undefined;
  private save: (measured: Measured) => Promise<void> = async () => undefined;
  private saved = performance.now();

  constructor(
    private readonly card: FoundCard,
    private readonly script: URL,
    private readonly sizes: Sizes,
    private readonly options: GpuOptions,
    /** The milliseconds that are left for all parts. */
    milliseconds: number,
  ) {
    this.process = card.process;
    this.progress = new TimeProgress(milliseconds);
    this.budget = new Budget(
      milliseconds,
      PARTS.filter(({ name }) => options.parts.includes(name)),
    );
  }

  /** @param save called with what is known so far, after each part and now and then */
  async run(save: (measured: Measured) => Promise<void>): Promise<Measured> {
    this.save = save;
    try {
      if (this.options.parts.some((part) => part !== 'frameworks')) {
        this.progress.step('warm-up');
        try {
          await this.settle(SETTLE_MS.first, this.budget.left);
        } catch (error) {
          await this.broke(oneLine(error)); // The first item opens it again.
        }
      }
      for (const part of this.options.parts) {
        const allowance = this.budget.begin(part);
        const begin = performance.now();
        if (part === 'frameworks') await this.measureFrameworks(allowance);
        else await this.measureItems(part, itemsOf(part, this.sizes), allowance);
        this.times.push({
          part,
          allowed: (allowance.soft - begin) / 1000,
          taken: (performance.now() - begin) / 1000,
        });
        await save(this.measured);
      }
      return this.measured;
    } finally {
      this.progress.end();
      await this.process?.close();
    }
  }

  private get measured(): Measured {
    const { rows, frameworks, times, settlings, faults } = this;
    const examined = [...this.examined].sort(([a], [b]) => a - b).map(([, result]) => result);
    return { rows, frameworks, times, settlings, faults, examined };
  }

  private async measureItems(
    part: PartName,
    items: readonly Item[],
    { soft, hard }: Allowance,
  ): Promise<void> {
    let faults = 0;
    for (const [i, item] of items.entries()) {
      const now = performance.now();
      if (now >= soft || faults >= MOST_FAULTS) {
        const reason = now >= soft ? NO_TIME : `the card broke ${faults} times in this part`;
        this.rows.push(unmeasured(item, 'left out', reason));
        continue;
      }
      const share = (soft - now) / (items.length - i);
      this.progress.step(`${part}: ${item.name}`);
      const row = await this.measureItem(item, share * TIMING_SHARE, hard);
      this.rows.push(row);
      if (row.status === 'failed') faults++;
      if (row.status === 'failed' || row.status === 'wrong')
        this.progress.say(`${row.status}: ${row.name}: ${row.reason}`);
      if (performance.now() - this.saved > SAVE_MS) {
        await this.save(this.measured);
        this.saved = performance.now();
      }
    }
  }

  private async measureItem(item: Item, timing: number, hard: number): Promise<Row> {
    const begin = performance.now();
    try {
      const process = await this.opened(hard);
      const left = Math.max(hard - performance.now(), LEAST_TIMING_MS);
      const milliseconds = Math.min(Math.max(timing, LEAST_TIMING_MS), MOST_TIMING_MS);
      const reply = await process.ask({ kind: 'item', item, milliseconds, left }, left);
      if (reply === undefined) {
        await this.closeCard();
        const seconds = (performance.now() - begin) / 1000;
        return unmeasured(item, 'left out', `${NO_TIME}: stopped after ${seconds.toFixed(1)} s`);
      }
      if (reply.kind !== 'row') throw new Error(`the card answers ${reply.kind} in place of row`);
      if (reply.result !== undefined && item.part === 'contract') this.examined.set(item.index, reply.result);
      // What failed may have taken the device along, so that the next item gets another one.
      if (reply.row.status === 'failed') await this.broke(reply.row.reason ?? '');
      return reply.row;
    } catch (error) {
      if (performance.now() >= hard) {
        await this.closeCard();
        return unmeasured(item, 'left out', NO_TIME);
      }
      await this.broke(oneLine(error));
      return unmeasured(item, 'failed', oneLine(error));
    }
  }

  private async broke(reason: string): Promise<void> {
    this.faults.push(`${reason}${this.process?.lastWords ?? ''}`);
    await this.closeCard();
  }

  private async closeCard(): Promise<void> {
    await this.process?.close();
    this.process = undefined;
  }

  /** The process of the card, which is started again where the last one has ended. */
  private async opened(hard: number): Promise<CardProcess> {
    if (this.process !== undefined) return this.process;
    const { environment } = this.card;
    const most = Math.max(Math.min(hard - performance.now(), REOPEN_MS), 1);
    const { process } = await CardProcess.open(this.script, environment.env, this.options.adapter, most);
    this.process = process;
    await this.settle(SETTLE_MS.again, hard - performance.now());
    return process;
  }

  /**
   * Keeps the card busy until its clock has settled. A driver that computes on the CPU has none.
   * @param left milliseconds after which the card is not waited for
   * @throws where it breaks
   */
  private async settle(milliseconds: number, left: number): Promise<void> {
    if (this.process === undefined || this.card.about.adapter.software === true) return;
    const patience = Math.max(Math.min(left, milliseconds + REOPEN_MS), LEAST_TIMING_MS);
    const reply = await this.process.ask({ kind: 'settle', milliseconds }, patience);
    if (reply?.kind !== 'settled') throw new Error('the card did not settle in time');
    this.settlings.push(reply.settling);
  }

  private async measureFrameworks({ soft, hard }: Allowance): Promise<void> {
    await this.closeCard(); // Its memory is for the frameworks now.
    for (const [i, name] of FRAMEWORKS.entries()) {
      const share = (soft - performance.now()) / (FRAMEWORKS.length - i);
      const milliseconds = Math.min(share, hard - performance.now());
      this.progress.step(`frameworks: ${name}`);
      const result = await measureFramework(
        name,
        {
          python: process.env.PYTHON ?? 'python3',
          sizes: this.sizes,
          allowCpu: this.options.allowCpu,
          milliseconds: Math.max(milliseconds, LEAST_TIMING_MS),
        },
        () => undefined,
      );
      const same =
        result.device === null ? undefined : isSameCard(result.device, this.card.about.adapter.device);
      this.frameworks.push({ ...result, sameCard: same ?? null });
    }
  }
}

/** What is said at once where there is no card. */
export function sayWhatIsMeasured({ about, environment }: FoundCard, say: (line: string) => void): void {
  if (about.adapter.software === true) say(softwareWarning(about.description));
  else say(`card: ${about.description}, found by ${environment.from}`);
}
