import { afterAll, beforeAll, expect, it } from 'vitest';
import { publicNames } from '../docs/docstrings';
import { pages, programsOf } from '../docs/markdown';
import { type Outcome, ProgramFolder, promisedOutput } from '../docs/programs';
import { describeWhere } from '../harness/describe';

const needsGpu = ({ mark }: { mark: string }): boolean => mark === 'gpu';
const ofPages = pages().flatMap(programsOf).filter(needsGpu);
const ofNames = publicNames()
  .flatMap(({ examples }) => examples)
  .filter(needsGpu);
const globals = new URL('../harness/webgpu_globals.mjs', import.meta.url);

describeWhere('the examples of the documentation that need WebGPU', () => {
  let folder: ProgramFolder;
  let outcomes: ReadonlyMap<string, Outcome>;
  beforeAll(async () => {
    folder = new ProgramFolder();
    outcomes = await folder.runAll(ofNames, globals);
  });
  afterAll(() => folder?.remove());

  it.each(ofPages)('$where runs', async (program) => {
    const output = await folder.run(program, globals);
    expect(output).toBe(promisedOutput(program) ?? output);
  });

  it.each(ofNames)('$where runs', (program) => {
    const { output, failure } = outcomes.get(program.where)!;
    expect(failure).toBe('');
    expect(output).toBe(promisedOutput(program) ?? output);
  });
});
