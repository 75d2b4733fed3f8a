import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transformWithOxc } from 'vite';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const execute = promisify(execFile);

/** Where an example runs: anywhere, where there is WebGPU, or nowhere in the tests. All are compiled. */
export type Mark = 'run' | 'gpu' | 'no-run';

/** An example of the documentation: a whole module that imports the package by its name. */
export interface Program {
  /** The file and the line that it begins at, such as `docs/guide.md:21`. */
  readonly where: string;
  /** Its lines stand where they stand in the file, so that messages of the compiler lead there. */
  readonly code: string;
  readonly mark: Mark;
}

/** What a program did. */
export interface Outcome {
  readonly output: string;
  /** The error that it ended with, or ''. */
  readonly failure: string;
}

/** A folder of the checkout, in which imports of the package reach its build. */
export class ProgramFolder {
  private readonly path: string;

  constructor() {
    mkdirSync(join(root, 'out'), { recursive: true });
    this.path = mkdtempSync(join(root, 'out', 'programs-'));
  }

  /** What the compiler says of each program, by `where`, checked against the build. */
  async compile(programs: readonly Program[]): Promise<Map<string, string[]>> {
    const config = {
      extends: '../../tsconfig.json',
      compilerOptions: {
        paths: {}, // The package is what users get: the declarations that the build made.
        exactOptionalPropertyTypes: true,
        noUnusedLocals: false,
        noUnusedParameters: false,
      },
      include: ['*.ts'],
    };
    writeFileSync(join(this.path, 'tsconfig.json'), JSON.stringify(config));
    for (const { where, code } of programs)
      writeFileSync(join(this.path, `${fileOf(where)}.ts`), `${code}\nexport {};\n`);
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout } = await execute(process.execPath, [tsc, '-p', this.path, '--pretty', 'false'], {
      cwd: this.path,
    }).catch((failed: { stdout: string }) => failed);
    const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
    const own = (where: string) => (line: string) => line.startsWith(`${fileOf(where)}.ts(`);
    // A message of no program, such as a fault of the sources, is one of all.
    const general = lines.filter((line) => !programs.some(({ where }) => own(where)(line)));
    return new Map(programs.map(({ where }) => [where, [...lines.filter(own(where)), ...general]]));
  }

  /**
   * Runs a program in a process of its own and returns what it prints.
   * @param preload a module that is loaded before it
   * @throws where it does not end with exit code 0
   */
  async run(program: Program, preload?: URL): Promise<string> {
    const file = await this.build(program);
    const { stdout } = await execute(process.execPath, [...before(preload), file], { cwd: this.path });
    return stdout;
  }

  /**
   * Runs programs one after the other in one process, and says what each did, by `where`.
   * @param preload a module that is loaded before them
   * @throws where they leave something behind that keeps the process from ending
   */
  async runAll(programs: readonly Program[], preload?: URL): Promise<Map<string, Outcome>> {
    if (programs.length === 0) return new Map();
    const files = await Promise.all(programs.map((program) => this.build(program)));
    const report = join(this.path, `report-${fileOf(programs[0].where)}.jsonl`);
    const main = fileURLToPath(new URL('run_all.mjs', import.meta.url));
    const { failure } = await execute(
      process.execPath,
      [...before(preload), main, JSON.stringify(files), report],
      { cwd: this.path, timeout: 120_000 },
    ).then(
      () => ({ failure: '' }),
      (error: Error & { killed?: boolean }) => ({
        failure: error.killed ? 'the process did not end within 120 s' : error.message,
      }),
    );
    const lines = existsSync(report) ? readFileSync(report, 'utf8').trimEnd().split('\n') : [];
    if (failure !== '' && lines.length === programs.length) throw new Error(failure);
    return new Map(
      programs.map(({ where }, index) => {
        if (index < lines.length) return [where, JSON.parse(lines[index]) as Outcome];
        const last = programs[lines.length].where;
        const why = failure === '' ? '' : `: ${failure}`;
        return [where, { output: '', failure: `${last} ended the process${why}` }];
      }),
    );
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /** Writes a program as a module that Node runs, and returns its path. */
  private async build({ where, code }: Program): Promise<string> {
    const file = join(this.path, `${fileOf(where)}.mjs`);
    writeFileSync(file, (await transformWithOxc(code, `${fileOf(where)}.ts`, { lang: 'ts' })).code);
    return file;
  }
}

const fileOf = (where: string): string => where.replace(/\W/g, '_');

const before = (preload: URL | undefined): string[] =>
  preload === undefined ? [] : ['--import', preload.href];

/**
 * What a program says that it prints: where every `console.log` stands on a line of its own with a comment
 * behind it, the comments; undefined for others.
 */
export function promisedOutput({ code }: Program): string | undefined {
  const calls = code.match(/\bconsole\.log\(/g) ?? [];
  const comments = [...code.matchAll(/^\s*console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment]) => comment);
  return calls.length > 0 && calls.length === comments.length ? `${comments.join('\n')}\n` : undefined;
}
