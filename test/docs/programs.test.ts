import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicNames } from './docstrings';
import { pages, programsOf } from './markdown';
import { type Outcome, type Program, ProgramFolder, promisedOutput } from './programs';

const names = publicNames();
const ofPages = pages().flatMap(programsOf);
const ofNames = names.flatMap(({ examples }) => examples);
const programs = [...ofPages, ...ofNames];

const runs = ({ mark }: Program): boolean => mark === 'run';

describe('the examples of README.md, docs/ and the docstrings of public names', () => {
  let folder: ProgramFolder;
  let errors: ReadonlyMap<string, readonly string[]>;
  let outcomes: ReadonlyMap<string, Outcome>;
  beforeAll(async () => {
    folder = new ProgramFolder();
    [errors, outcomes] = await Promise.all([folder.compile(programs), folder.runAll(ofNames.filter(runs))]);
  }, 120_000);
  afterAll(() => folder?.remove());

  it('are found in pages and docstrings', () => {
    const found = names
      .filter(({ entry, examples }) => entry === 'tensorseed' && examples.length > 0)
      .map(({ name }) => name.replace(/ .*/, ''));
    expect(found).toEqual(expect.arrayContaining(['Key', 'initializers.get', 'Sampler.fill']));
    expect(programs.map(({ where }) => where.replace(/:.*/, ''))).toEqual(
      expect.arrayContaining(['README.md', 'docs/guide.md', 'src/streams/key.ts']),
    );
  });

  it.each(programs)('$where compiles', ({ where }) => {
    expect(errors.get(where)).toEqual([]);
  });

  it.each(ofPages.filter(runs))('$where runs', async (program) => {
    const output = await folder.run(program);
    expect(output).toBe(promisedOutput(program) ?? output);
  });

  // A process for each of the hundreds of examples in docstrings would take minutes.
  it.each(ofNames.filter(runs))('$where runs', (program) => {
    const { output, failure } = outcomes.get(program.where)!;
    expect(failure).toBe('');
    expect(output).toBe(promisedOutput(program) ?? output);
  });
});
