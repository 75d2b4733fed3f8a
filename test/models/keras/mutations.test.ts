import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { quiet } from '../../support/quiet';
import { ArgumentError } from '../../../src/core/errors';
import { kerasModel } from '../../../src/models/keras';
import { TestRandom } from '../../support/random';

const { models } = JSON.parse(readFileSync(new URL('keras3.json', import.meta.url), 'utf8')) as {
  models: { title: string; json: object }[];
};

const HOSTILE = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  2 ** 53,
  NaN,
  '',
  'x',
  '../..',
  [],
  [null],
  [[1, 2]],
  {},
  { class_name: 'Dense', config: null },
  { class_name: '__keras_tensor__' },
  ['x', 0, 0],
  undefined,
];

/** Every place in a JSON: an object or list, and a key in it. */
function places(
  json: unknown,
  found: [Record<string, unknown>, string][] = [],
): [Record<string, unknown>, string][] {
  if (typeof json !== 'object' || json === null) return found;
  for (const key of Object.keys(json)) {
    found.push([json as Record<string, unknown>, key]);
    places((json as Record<string, unknown>)[key], found);
  }
  return found;
}

it.each(models)('$title with a value replaced is a model or refused in one line', ({ title, json }) => {
  const random = new TestRandom(1 + models.findIndex((model) => model.title === title));
  for (let i = 0; i < 12; i++) {
    const mutant = structuredClone(json);
    const all = places(mutant);
    const [holder, name] = all[random.below(all.length)];
    holder[name] = HOSTILE[random.below(HOSTILE.length)];
    try {
      const model = kerasModel(mutant);
      model.summary(quiet);
      kerasModel(model.toJson());
    } catch (error) {
      expect(error, `${name} = ${JSON.stringify(holder[name])}: ${(error as Error).stack}`).toBeInstanceOf(
        ArgumentError,
      );
      expect((error as Error).message).not.toContain('\n');
    }
  }
});
