import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicNames } from './docstrings';
import { pages, programsOf } from './markdown';
import { ProgramFolder, promisedOutput } from './programs';

const names = publicNames();
const programs = [...pages().flatMap(programsOf), ...names.flatMap(({ examples }) => examples)];

describe('the examples of README.md, docs/ and the docstrings of public names', () => {
  let folder: ProgramFolder;
  let errors: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    folder = new ProgramFolder();
    errors = await folder.compile(programs);
  }, 120_000);
  afterAll(() => folder?.remove());

  it('are found in pages and docstrings', () => {
    const found = names.filter(({ examples }) => examples.length > 0).map(({ name }) => name);
    expect(found).toEqual(expect.arrayContaining(['tensorseed: Key', 'tensorseed: initializers.get']));
    expect(programs.map(({ where }) => where.replace(/:.*/, ''))).toEqual(
      expect.arrayContaining(['README.md', 'docs/guide.md', 'src/streams/key.ts']),
    );
  });

  it.each(programs)('$where compiles', ({ where }) => {
    expect(errors.get(where)).toEqual([]);
  });

  it.each(programs.filter(({ mark }) => mark === 'run'))('$where runs', async (program) => {
    const output = await folder.run(program);
    expect(output).toBe(promisedOutput(program) ?? output);
  });
});
