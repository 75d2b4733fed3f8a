import { button, copyButton, selectField, textField } from '../controls';
import { DEFAULTS } from '../defaults';
import { messageOf } from '../dom';
import type { Machine } from '../panel';
import { settings } from '../settings';
import { Card, type Common } from './card';
import { DTYPES } from './compute';
import { FAMILIES, make, toShape } from './families';
import { Queue } from './queue';

const RANDOM = FAMILIES.find(({ className, parameters }) => className === 'GlorotUniform' && parameters.length === 0)!;

/** The settings that all cards share, and the cards. */
export function showCards(form: HTMLFormElement, place: HTMLElement, machine: Machine): void {
  const queue = new Queue();
  const cards = FAMILIES.map((family) => new Card(family, machine, queue));
  place.append(...cards.map(({ root }) => root));

  const get = (key: keyof typeof DEFAULTS): string => settings.get(key, DEFAULTS[key]);
  const set = (key: keyof typeof DEFAULTS) => (value: string): void => settings.set(key, value === DEFAULTS[key] ? undefined : value);
  const fields = {
    seed: textField({ label: 'seed', value: get('seed'), onInput: set('seed') }),
    shape: textField({ label: 'shape', value: get('shape'), onInput: set('shape') }),
    dtype: selectField({ label: 'dtype', value: get('dtype'), options: DTYPES.map((dtype) => [dtype, dtype] as const), onInput: set('dtype') }),
    on: selectField({ label: 'computed by', value: get('on'), options: [['gpu', 'GPU'], ['cpu', 'CPU']], onInput: set('on') }),
  };
  form.append(...Object.values(fields).map(({ root }) => root),
    button('Another seed', () => settings.set('seed', String(crypto.getRandomValues(new Uint32Array(1))[0]))),
    button('Reset', () => settings.keys().forEach((key) => settings.set(key, undefined))),
    copyButton(() => settings.link, 'a link to these settings', 'Copy link'));
  form.addEventListener('submit', (event) => event.preventDefault());

  const common = (): Common | undefined => {
    const dtype = DTYPES.find((one) => one === get('dtype'));
    const seed = attempt(() => make(RANDOM, {}, get('seed')));
    const shape = attempt(() => toShape(get('shape')));
    fields.seed.setError(seed.fault);
    fields.shape.setError(shape.fault);
    fields.dtype.setError(dtype === undefined ? `dtype must be one of ${DTYPES.join(', ')}, got ${JSON.stringify(get('dtype'))}` : undefined);
    return shape.value === undefined || seed.fault !== undefined || dtype === undefined ? undefined : { seed: get('seed'), shape: shape.value, dtype };
  };
  const updateAll = (): void => {
    for (const key of Object.keys(fields) as (keyof typeof fields)[]) {
      const { control } = fields[key];
      if (control.value !== get(key)) control.value = get(key);
    }
    const now = common();
    for (const card of cards) card.update(now);
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

function attempt<T>(make: () => T): { value?: T; fault?: string } {
  try {
    return { value: make() };
  } catch (error) {
    return { fault: messageOf(error) };
  }
}
