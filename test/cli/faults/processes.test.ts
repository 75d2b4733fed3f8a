import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { workspace } from '../tensorseed';
import { isTemporary, LONG, start, whileUnderWay } from './under_way';

const work = workspace();
const INIT = ['init', 'm.json', '--seed', '7', '--backend', 'cpu', '--out', 'm.safetensors'];

it('two containers on one folder, each with process 1 on the same host name, leave each other alone', async () => {
  work.write('m.json', LONG);
  work.write('first.mjs', "Object.defineProperty(process, 'pid', { value: 1 });");
  const preload = pathToFileURL(join(work.folder, 'first.mjs')).href;
  const environment = { NODE_OPTIONS: `--import=${preload}` };
  let second = Promise.resolve<unknown>(undefined);
  const first = await whileUnderWay(
    work.folder,
    INIT,
    async (temporary) => {
      const other = start(work.folder, INIT, environment);
      second = other.ending;
      // The other one has looked for what is left of others once it has a file of its own.
      const isAtWork = (file: string): boolean => isTemporary(file) && file !== temporary;
      while (other.child.exitCode === null && !work.files().some(isAtWork))
        await new Promise((resolve) => setTimeout(resolve, 5));
    },
    { environment },
  );
  expect(await second).toMatchObject({ code: 0 });
  expect(first).toMatchObject({ code: 0 });
  expect(work.files()).toEqual(['first.mjs', 'm.json', 'm.safetensors']);
  expect(work.run(...INIT).stderr).toContain('m.safetensors: verified and kept');
});
