import { expect, test } from 'vitest';
import { dataOf, MIXED } from '../cli/models';
import { workspace } from '../cli/tensorseed';
import { describeGpu } from '../harness/describe';

// The command line is a process of its own, which finds this project's driver by its environment.
describeGpu('shards from the GPU', () => {
  const work = workspace();
  const init = (backend: string, out: string, ...words: string[]): string => {
    const { code, stderr } = work.run(
      'init',
      'm.json',
      '--seed',
      '7',
      '--backend',
      backend,
      '--out',
      out,
      ...words,
    );
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(`backend: ${backend}`);
    return stderr;
  };
  // An orthogonal is not the same bits on every device.
  const model = JSON.stringify({
    tensors: JSON.parse(MIXED).tensors.filter(({ name }: { name: string }) => name !== 'q'),
  });

  test.each([1, 3, 7])('%d of them are the file that the CPU writes', (n) => {
    work.write('m.json', model);
    init('cpu', 'm.safetensors');
    const shards = Array.from({ length: n }, (_, i) => `m-0000${i + 1}-of-0000${n}.safetensors`);
    for (let k = 1; k <= n; k++) init('gpu', 'm.safetensors', '--shard', `${k}/${n}`);
    const joined = Buffer.concat(shards.map((file) => dataOf(work.read(file))));
    expect(joined.equals(dataOf(work.read('m.safetensors')))).toBe(true);
  });

  test('what one backend wrote, the other verifies and keeps, and neither keeps another seed', () => {
    work.write('m.json', MIXED);
    init('cpu', 'c.safetensors');
    init('gpu', 'g.safetensors');
    expect(init('gpu', 'c.safetensors')).toContain('c.safetensors: verified and kept');
    expect(init('cpu', 'g.safetensors')).toContain('g.safetensors: verified and kept');
    const { code, stderr } = work.run(
      'init',
      'm.json',
      '--seed',
      '8',
      '--backend',
      'gpu',
      '--out',
      'c.safetensors',
    );
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /tensor "dense\/kernel" differs, first at element 0: .*; --force overwrites it\n$/,
      ),
    ]);
  });
});
