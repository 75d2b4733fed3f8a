import { button, copyButton, selectField, textField } from '../controls';
import { DEFAULTS } from '../defaults';
import { messageOf } from '../dom';
import type { Machine } from '../panel';
import { settings } from '../settings';
import { Card } from './card';
import { DTYPES, FAMILIES, make, toDtype, toShape } from './families';
import { Scheduler } from './scheduler';

const RANDOM = FAMILIES.find(({ className }) => className === 'GlorotUniform')!;

/** Shows the settings that all cards share, and the cards. */
export function showCards(form: HTMLFormElement, place: HTMLElement, machine: Machine): void {
  const scheduler = new Scheduler();
  const cards = FAMILIES.map((family) => new Card(family, machine, scheduler));
  place.append(...cards.map(({ root }) => root));

  const get = (key: keyof typeof DEFAULTS): string => settings.get(key, DEFAULTS[key]);
  const set =
    (key: keyof typeof DEFAULTS) =>
    (value: string): void =>
      settings.set(key, value === DEFAULTS[key] ? undefined : value);
  const fields = {
    seed: textField({ label: 'seed', value: get('seed'), onInput: set('seed') }),
    shape: textField({ label: 'shape', value: get('shape'), onInput: set('shape') }),
    dtype: selectField({
      label: 'dtype',
      value: get('dtype'),
      options: DTYPES.map((dtype) => [dtype, dtype] as const),
      onInput: set('dtype'),
    }),
    on: selectField({
      label: 'computed by',
      value: get('on'),
      options: [
        ['gpu', 'GPU'],
        ['cpu', 'CPU'],
      ],
      onInput: set('on'),
    }),
  };
  form.append(
    ...Object.values(fields).map(({ root }) => root),
    button('Another seed', () => settings.set('seed', String(crypto.getRandomValues(new Uint32Array(1))[0]))),
    button('Reset', () => settings.keys().forEach((key) => settings.set(key, undefined))),
    copyButton(() => settings.link, 'a link to these settings', 'Copy link'),
  );
  form.addEventListener('submit', (event) => event.preventDefault());

  const isRight = (): boolean => {
    const faults = {
      seed: faultOf(() => make(RANDOM, {}, get('seed'))),
      shape: faultOf(() => toShape(get('shape'))),
      dtype: faultOf(() => toDtype(get('dtype'))),
    };
    for (const key of ['seed', 'shape', 'dtype'] as const) fields[key].setError(faults[key]);
    return Object.values(faults).every((fault) => fault === undefined);
  };
  const updateAll = (): void => {
    for (const key of Object.keys(fields) as (keyof typeof fields)[]) {
      const { control } = fields[key];
      if (control.value !== get(key)) control.value = get(key);
    }
    const right = isRight();
    for (const card of cards) card.update(right);
  };
  settings.onChange((key) => {
    if (key in DEFAULTS) updateAll();
    else cards.find(({ root }) => root.id === `card-${key.split('.')[0]}`)?.redraw();
  });
  machine.onChange(() => {
    fields.on.root.hidden = machine.gpu === undefined;
    for (const card of cards) card.redraw();
  });
  fields.on.root.hidden = machine.gpu === undefined;
  updateAll();
}

function faultOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
