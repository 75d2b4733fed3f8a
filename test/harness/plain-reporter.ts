import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule, TestSpecification, Vitest } from 'vitest/node';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const QUIET_MS = 15_000;

/**
 * Beside vitest's default reporter, which writes a line per file and every failure in full:
 * says which files take long, which projects are skipped and why, and counts.
 * The counts go to the file that TENSORSEED_RESULT names; run.mjs writes them as the run's last line.
 */
export default class PlainReporter implements Reporter {
  private vitest?: Vitest;
  private readonly started = new Map<string, number>();
  private total = 0;
  private finished = 0;
  private lastWord = 0;
  private timer?: NodeJS.Timeout;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.total = specifications.length;
    this.lastWord = Date.now();
    this.timer = setInterval(() => this.sayWhatRuns(), 1000);
    this.timer.unref();
    for (const line of this.skippedProjects(new Set(specifications.map(({ project }) => project.name))))
      this.say(line);
  }

  onTestModuleStart(module: TestModule): void {
    this.started.set(label(module), Date.now());
  }

  onTestModuleEnd(module: TestModule): void {
    this.started.delete(label(module));
    this.finished += 1;
    this.lastWord = Date.now();
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    clearInterval(this.timer);
    for (const line of this.skippedProjects(new Set(modules.map(({ project }) => project.name))))
      this.say(line);
    const counts = count(modules);
    counts.failed += unhandledErrors.length;
    const file = process.env.TENSORSEED_RESULT;
    if (file) writeFileSync(file, JSON.stringify(counts));
  }

  private sayWhatRuns(): void {
    if (this.started.size === 0 || Date.now() - this.lastWord < QUIET_MS) return;
    this.lastWord = Date.now();
    const running = [...this.started].map(
      ([name, since]) => `${name} for ${Math.round((Date.now() - since) / 1000)} s`,
    );
    this.say(`running: ${running.join(', ')} (${this.finished} of ${this.total} files done)`);
  }

  private skippedProjects(names: ReadonlySet<string>): string[] {
    const projects = (this.vitest?.projects ?? []).filter(({ name }) => names.has(name));
    return projects
      .filter(({ config }) => config.env?.TENSORSEED_SKIP)
      .map(({ name, config }) => `${name} skipped: ${config.env.TENSORSEED_SKIP}`);
  }

  private say(line: string): void {
    this.vitest?.logger.log(line);
  }
}

/** Failed are also files that do not load, suites whose hooks fail, and tests that were never run. */
function count(modules: readonly TestModule[]): Counts {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    if (module.errors().length > 0) counts.failed += 1;
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) counts.failed += 1;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      counts[state === 'pending' ? 'failed' : state] += 1;
    }
  }
  return counts;
}

const label = (module: TestModule) => `${module.project.name} ${module.relativeModuleId}`;
