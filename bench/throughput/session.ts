import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { oneLine } from '../../src/cli/faults';
import { duration } from '../../src/text/numbers';
import { ArgumentError, show } from '../../src/core/errors';
import { findChromium } from '../../tools/find.mjs';
import { buildLibrary, buildPage, type BundleSize, bundleSize } from './build';
import { type Case, elementsOf } from './case';
import { coldBackends, coldStartsInNode, summarize } from './cold_starts';
import { CPU_ALONE, findNodeHosts } from './hosts/node_hosts';
import type { HostProcess } from './hosts/host_process';
import { type NodeHost, openNodeHost } from './hosts/node';
import type { Options } from './options';
import { StepProgress } from './progress';
import type { ColdStartResult, Results } from './results';
import type { Measurement, Row, HostDescription } from './row';
import { pacesOf, unmeasured } from './run_case';

export interface Measured extends Pick<Results, 'hosts' | 'coldStarts' | 'bundle' | 'notes'> {
  readonly rows: readonly Omit<Measurement, 'commit' | 'dirty'>[];
}

/** Seconds after which no further case begins. */
const DEADLINE = { full: 800, quick: 100 };
/** What a step takes about, beside the runs of a case: opening, verifying, warming up. */
const OVERHEAD = { quick: 0.6, full: 3 };
const BUILD_SECONDS = 8;
const COLD_SECONDS = 6;
/** A case may take so many times its seconds, and so many more. */
const PATIENCE = { factor: 5, seconds: 60 };

/** Measures all that the options ask for. */
export async function measureAll(
  options: Options,
  script: string,
  checkout: string | undefined,
): Promise<Measured> {
  return new Session(options, script, checkout).run();
}

class Session {
  private readonly hosts: HostDescription[] = [];
  private readonly rows: Omit<Measurement, 'commit' | 'dirty'>[] = [];
  private readonly coldStarts: ColdStartResult[] = [];
  private readonly notes: string[] = [];
  private readonly begin = performance.now();
  private readonly child: URL;
  private readonly cold: URL;
  private readonly turns: readonly Case[];
  private readonly apart: readonly Case[];
  private progress = new StepProgress(1);
  /** The folder of the built library. */
  private library: string | undefined;

  constructor(
    private readonly options: Options,
    private readonly script: string,
    private readonly checkout: string | undefined,
  ) {
    this.child = new URL('./bench_child.js', script);
    this.cold = new URL('./bench_cold.js', script);
    this.turns = options.cases.filter(({ stopAfter }) => stopAfter === undefined);
    this.apart = options.cases.filter(({ stopAfter }) => stopAfter !== undefined);
  }

  async run(): Promise<Measured> {
    const { options } = this;
    const onHosts = options.cases.length > 0 || options.coldStart;
    const node = (onHosts ? await this.nodeHosts() : []).filter(({ name }) => this.wanted(name));
    const chromium =
      (this.turns.length > 0 || options.coldStart) && this.wanted('chromium') && this.canUseChromium();
    if (onHosts && node.length === 0 && !chromium)
      throw new ArgumentError(`--host leaves no host, got ${show(options.hosts?.join(','))}; see --help`);

    const overhead = options.quick ? OVERHEAD.quick : OVERHEAD.full;
    const perHost =
      this.turns.reduce((sum, { seconds }) => sum + seconds + overhead, 0) +
      (options.coldStart ? COLD_SECONDS : 0);
    const apart = node.length === 0 ? 0 : this.apart.reduce((sum, { stopAfter }) => sum + stopAfter!, 0);
    const hosts = node.length + Number(chromium);
    const builds =
      Number(chromium) + Number(this.checkout !== undefined && (options.bundleSize || options.coldStart));
    this.progress = new StepProgress(hosts * perHost + apart + builds * BUILD_SECONDS);
    try {
      const bundle = await this.buildLibrary();
      // First, since nobody knows how long a peer takes: what time it leaves is shared by the rest.
      if (node.length > 0) for (const one of this.apart) await this.runApart(node[0], one);
      // The first host is the fastest, and has all cases: it gets two parts of the time, the others one each.
      for (const [i, host] of node.entries())
        await this.nodeHost(host, this.deadline(i === 0 ? 2 : 1, hosts - i - 1));
      if (chromium) await this.chromiumHost(this.deadline(1, 0));
      const { hosts: settings, rows, coldStarts, notes } = this;
      return { hosts: settings, rows, coldStarts, bundle, notes };
    } finally {
      this.progress.end();
    }
  }

  private nodeHosts(): Promise<NodeHost[]> {
    // The CPU alone is measured where it is asked for, or nothing else is there.
    if (this.options.hosts?.every((name) => name === 'cpu')) return Promise.resolve([CPU_ALONE]);
    return findNodeHosts(this.child, (line) => this.note(line));
  }

  private wanted(name: string): boolean {
    return this.options.hosts === undefined || this.options.hosts.some((part) => name.includes(part));
  }

  private canUseChromium(): boolean {
    const { path, reason } = findChromium();
    if (
      path !== undefined &&
      this.checkout !== undefined &&
      existsSync(`${this.checkout}/node_modules/puppeteer`)
    )
      return true;
    this.note(
      `chromium left out: ${path === undefined ? reason : 'its page is built in a checkout of the project, with its packages installed'}`,
    );
    return false;
  }

  private note(line: string): void {
    this.notes.push(line);
    this.progress.say(`bench: ${line}`);
  }

  /**
   * When a host that gets so many parts of the time that is
   * left has to be done, where others follow with one each.
   */
  private deadline(parts: number, others: number): number {
    const now = (performance.now() - this.begin) / 1000;
    const end = this.options.quick ? DEADLINE.quick : DEADLINE.full;
    return now + (Math.max(end - now, 0) * parts) / (parts + others);
  }

  /** For its size, and for cold starts. */
  private async buildLibrary(): Promise<BundleSize | null> {
    const { bundleSize: asked, coldStart } = this.options;
    if (!asked && !coldStart) return null;
    if (this.checkout === undefined) {
      const built = new URL('./index.js', this.script);
      if (existsSync(built)) this.library = fileURLToPath(new URL('.', built));
      if (asked) this.note('bundle size left out: it is measured in a checkout of the project');
      return null;
    }
    this.progress.step('building the library', BUILD_SECONDS);
    try {
      this.library = await buildLibrary(this.checkout);
      return asked ? await bundleSize(`${this.library}/index.js`) : null;
    } catch (error) {
      this.note(`bundle size and cold start left out: the library does not build: ${oneLine(error)}`);
      return null;
    }
  }

  private async nodeHost(node: NodeHost, deadline: number): Promise<void> {
    if (this.options.coldStart && this.library !== undefined) {
      this.progress.step(`${node.name} cold start`, COLD_SECONDS);
      await this.attempt(`${node.name} cold start`, async () => {
        for (const backend of coldBackends(node)) {
          const runs = await coldStartsInNode(this.cold, this.library!, node, backend, this.options.quick);
          this.coldStarts.push(summarize(node.name, `Node ${process.versions.node}`, backend, runs));
        }
      });
    }
    if (this.turns.length === 0) return;
    await this.attempt(node.name, async () => {
      const host = await openNodeHost(node, this.child);
      await this.runCases(host, this.turns, deadline);
    });
  }

  private async chromiumHost(deadline: number): Promise<void> {
    this.progress.step('building the page for Chromium', BUILD_SECONDS);
    await this.attempt('chromium', async () => {
      const built = await buildPage(this.checkout!);
      const { openChromium } = await import('./hosts/chromium');
      const host = await openChromium({ page: built, library: this.library ?? built });
      if (this.options.coldStart && this.library !== undefined) {
        this.progress.step('chromium cold start', COLD_SECONDS);
        const runs = [];
        for (let i = 0; i < (this.options.quick ? 3 : 5); i++) runs.push(await host.coldStart());
        this.coldStarts.push(summarize('chromium', host.setting.runtime, 'gpu', runs));
      }
      await this.runCases(host, this.turns, deadline);
    });
  }

  /** A host that breaks is a note; the others go on. */
  private async attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.note(`${what}: ${oneLine(error)}`);
    }
  }

  private async runCases(host: HostProcess, cases: readonly Case[], deadline: number): Promise<void> {
    this.meet(host.setting);
    const paces: Record<string, number> = {};
    try {
      for (const one of cases) {
        this.progress.step(
          `${host.setting.host} ${one.name}`,
          one.seconds + (this.options.quick ? OVERHEAD.quick : OVERHEAD.full),
        );
        if ((performance.now() - this.begin) / 1000 > deadline)
          this.leaveOut(host.setting, one, 'the time for this host was over', null);
        else await this.runCase(host, one, paces, PATIENCE.factor * one.seconds + PATIENCE.seconds);
      }
    } finally {
      await host.close();
    }
  }

  /** A host may be opened more than once. */
  private meet(setting: HostDescription): void {
    if (!this.hosts.some(({ host }) => host === setting.host)) this.hosts.push(setting);
  }

  private async runApart(node: NodeHost, one: Case): Promise<void> {
    this.progress.step(`${node.name} ${one.name}`, one.stopAfter!);
    await this.attempt(`${node.name} ${one.name}`, async () => {
      const host = await openNodeHost(node, this.child);
      this.meet(host.setting);
      try {
        await this.runCase(host, one, {}, one.stopAfter!);
      } finally {
        await host.close();
      }
    });
  }

  private async runCase(
    host: HostProcess,
    one: Case,
    paces: Record<string, number>,
    seconds: number,
  ): Promise<void> {
    const { setting } = host;
    const seen: Row[] = [];
    const report = (row: Row): void => {
      seen.push(row);
      Object.assign(paces, pacesOf(row));
      this.add(setting, row);
    };
    const begin = performance.now();
    try {
      if (await host.run(one, paces, 1000 * seconds, report)) return;
      const after = performance.now() - begin;
      this.leaveOut(setting, one, `stopped after ${duration(after / 1000)}`, after, seen);
    } catch (error) {
      this.leaveOut(setting, one, oneLine(error), null, seen, 'failed');
    }
  }

  /** Rows for the contenders of a case that have none. */
  private leaveOut(
    setting: HostDescription,
    one: Case,
    reason: string,
    stoppedAfter: number | null,
    seen: readonly Row[] = [],
    status: Row['status'] = 'left out',
  ): void {
    for (const entry of one.entries) {
      if (!setting.makers.includes(entry.maker) || seen.some((row) => isOf(row, entry))) continue;
      const about = {
        ...entry,
        case: one.name,
        size: one.size,
        shape: one.shape,
        elements: elementsOf(one),
        timed: '',
      };
      this.add(setting, unmeasured(about, entry.maker, status, reason, stoppedAfter));
    }
  }

  private add({ host, runtime, adapter, driver, software }: HostDescription, row: Row): void {
    this.rows.push({ host, runtime, adapter, driver, software, ...row });
  }
}

function isOf(row: Row, entry: Case['entries'][number]): boolean {
  return (['maker', 'role', 'draw', 'dtype', 'math', 'dispatch'] as const).every(
    (key) => row[key] === entry[key],
  );
}
