import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleFiles, examplePath, ON_CPU, ON_GPU, runExample } from './run';

/** The built package, for that is what the examples import. */
describe('the examples', () => {
  let cwd = '';
  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), 'tensorseed-examples-'));
  });
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  it('are all run by the tests, here or on the GPU', () => {
    expect(exampleFiles()).toEqual([...Object.keys(ON_CPU), ...Object.keys(ON_GPU)].sort());
  });

  it.each(exampleFiles())('%s says by which command it is run', (name) => {
    expect(readFileSync(examplePath(name), 'utf8')).toContain(`\n *     node examples/${name}`);
  });

  it.each(Object.entries(ON_CPU))('%s does what it says', async (name, output) => {
    expect(await runExample(name, { cwd })).toMatch(output);
  });

  // Elsewhere no variable hides the drivers from Dawn.
  it.runIf(process.platform === 'linux').each(Object.keys(ON_GPU))(
    '%s says in one line that it needs WebGPU where there is none',
    async (name) => {
      const nowhere = join(cwd, 'no_driver.json');
      const env = { ...process.env, VK_DRIVER_FILES: nowhere, VK_ICD_FILENAMES: nowhere };
      expect(await runExample(name, { cwd, env })).toBe(
        'This example needs WebGPU, and this machine has no GPU or no driver for it.\n',
      );
    },
  );
});
