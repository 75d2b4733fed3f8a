import { expect, it } from 'vitest';
import { ON_GPU, runExample } from '../examples/run';
import { describeWhere } from '../harness/describe';

describeWhere('the examples that need WebGPU', () => {
  it.each(Object.entries(ON_GPU))('%s does what it says', async (name, output) => {
    expect(await runExample(name)).toMatch(output);
  });
});
