import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Outcome, type Program, ProgramFolder } from './programs';

const program = (where: string, code: string): Program => ({ where, code, mark: 'run' });

describe('programs that run one after the other in one process', () => {
  let folder: ProgramFolder;
  beforeAll(() => {
    folder = new ProgramFolder();
  });
  afterAll(() => folder.remove());

  const run = async (...programs: Program[]): Promise<Outcome[]> => [
    ...(await folder.runAll(programs)).values(),
  ];

  it('have an output each', async () => {
    const first = program('a:1', 'const n: number = 1; console.log(n);');
    const second = program('a:2', "console.log('two'); console.log({ three: 3 });");
    expect(await run(first, second)).toEqual([
      { output: '1\n', failure: '' },
      { output: 'two\n{ three: 3 }\n', failure: '' },
    ]);
  });

  it('fail one by one', async () => {
    const [thrown, unheard, fine] = await run(
      program('b:1', "throw new Error('thrown');"),
      program('b:2', "void Promise.reject(new Error('unheard'));"),
      program('b:3', "console.log('fine');"),
    );
    expect(thrown.failure).toContain('Error: thrown');
    expect(unheard.failure).toContain('Error: unheard');
    expect(fine).toEqual({ output: 'fine\n', failure: '' });
  });

  it('are named where they end the process', async () => {
    const last = program('c:2', "console.log('never');");
    for (const code of ['process.exit(3);', 'process.exit(0);', 'await new Promise(() => {});']) {
      for (const { output, failure } of await run(program(`c:${code}`, code), last)) {
        expect(output).toBe('');
        expect(failure).toContain(`c:${code} ended the process`);
      }
    }
  });
});
