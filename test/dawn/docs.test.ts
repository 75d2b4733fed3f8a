import { afterAll, beforeAll, expect, it } from 'vitest';
import { publicNames } from '../docs/docstrings';
import { pages, programsOf } from '../docs/markdown';
import { ProgramFolder, promisedOutput } from '../docs/programs';
import { describeWhere } from '../harness/describe';

const programs = [
  ...pages().flatMap(programsOf),
  ...publicNames().flatMap(({ examples }) => examples),
].filter(({ mark }) => mark === 'gpu');
const globals = new URL('../harness/webgpu_globals.mjs', import.meta.url);

describeWhere('the examples of the documentation that need WebGPU', () => {
  let folder: ProgramFolder;
  beforeAll(() => {
    folder = new ProgramFolder();
  });
  afterAll(() => folder?.remove());

  it.each(programs)('$where runs', async (program) => {
    const output = await folder.run(program, globals);
    expect(output).toBe(promisedOutput(program) ?? output);
  });
});
