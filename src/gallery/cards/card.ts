import { initializers } from '../../index';
import { type Law, lawOf } from '../../statistics/laws';
import { moments, stddevOf } from '../../statistics/moments';
import { grouped } from '../../text/numbers';
import { chart } from '../chart';
import { copyButton, type FormField, selectField, textField } from '../controls';
import { element, fill, isAbort, messageOf } from '../dom';
import { windowOf } from '../law_window';
import type { Machine } from '../panel';
import { milliseconds, short } from '../numbers';
import { settings } from '../settings';
import { type CardTensor, compute, SHOWN } from './compute';
import { codeOf, DTYPES, type Family, make, toDtype, toShape } from './families';
import { formulaOf } from './formula';
import { showLaw } from './law_chart';
import { Picture } from './picture';
import type { Scheduled, Scheduler } from './scheduler';
import { argumentsOf, ownOf, settingOf } from './set';

/** A card of one initializer: what it draws for the shape, and the values that this machine has computed. */
export class Card implements Scheduled {
  readonly root: HTMLElement;
  private readonly formula = element('div', { class: 'formula' });
  private readonly fault = element('p', { class: 'fault', role: 'status', hidden: true });
  private readonly chart = chart(150);
  private readonly picture = new Picture();
  private readonly numbers = element('dl', { class: 'numbers' });
  private readonly made = element('p', { class: 'made' });
  private readonly config = element('code');
  private readonly code = element('code');
  private readonly fields: ReadonlyMap<string, FormField>;
  /** The shape, the seed and the dtype of this card. They are empty where the card follows the page. */
  private readonly own: ReadonlyMap<string, FormField>;
  private shown: { readonly tensor: CardTensor; readonly law: Law } | undefined;
  private pageIsRight = false;

  constructor(
    private readonly family: Family,
    private readonly machine: Machine,
    private readonly scheduler: Scheduler,
  ) {
    const { className, parameters, random, dtypes } = family;
    const bound = (name: string, initial: string): { value: string; onInput(value: string): void } => ({
      value: settings.get(`${className}.${name}`, initial),
      onInput: (value) => settings.set(`${className}.${name}`, value === initial ? undefined : value),
    });
    this.fields = new Map(
      parameters.map(({ name, initial, choices }) => {
        const { value, onInput } = bound(name, initial);
        const field =
          choices === undefined
            ? textField({ label: name, value, onInput })
            : selectField({
                label: name,
                value,
                options: choices.map((choice) => [choice, choice] as const),
                onInput,
              });
        return [name, field];
      }),
    );
    this.own = new Map([
      ['shape', textField({ label: 'shape', placeholder: 'as above', ...bound('shape', '') })],
      ...(random
        ? [['seed', textField({ label: 'seed', placeholder: 'as above', ...bound('seed', '') })] as const]
        : []),
      [
        'dtype',
        selectField({
          label: 'dtype',
          options: [
            ['', dtypes === undefined ? 'as above' : dtypes[0]],
            ...(dtypes?.slice(1) ?? DTYPES).map((dtype) => [dtype, dtype] as const),
          ],
          ...bound('dtype', ''),
        }),
      ],
    ]);
    const id = `card-${className}`;
    this.root = element(
      'article',
      { class: 'card', id, 'aria-labelledby': `${id}-title`, 'data-state': 'waiting' },
      element('h3', { id: `${id}-title` }, className),
      this.formula,
      ...(parameters.length === 0
        ? []
        : [element('div', { class: 'fields' }, ...[...this.fields.values()].map(({ root }) => root))]),
      this.fault,
      element(
        'div',
        { class: 'results' },
        this.chart.root,
        element('div', { class: 'beside' }, this.picture.root, this.numbers),
      ),
      this.made,
      element(
        'details',
        {},
        element('summary', {}, 'Shape, seed and dtype of this card alone'),
        element('div', { class: 'fields own' }, ...[...this.own.values()].map(({ root }) => root)),
      ),
      block('Keras configuration', this.config),
      block('Code', this.code),
    );
    scheduler.add(this);
  }

  /** Shows the settings of the page and of the card. The page says whether its own are valid. */
  update(pageIsRight: boolean): void {
    this.pageIsRight = pageIsRight;
    const { family } = this;
    const values = argumentsOf(family);
    for (const [name, { control }] of this.fields)
      if (control.value !== values[name]) control.value = values[name];
    for (const [name, { control }] of this.own) {
      const own = ownOf(family, name);
      if (control.value !== own) control.value = own;
    }
    this.scheduler.cancel(this);
    if (!pageIsRight) return this.stale();
    try {
      const seed = settingOf(family, 'seed');
      const shape = toShape(settingOf(family, 'shape'));
      const dtype = toDtype(settingOf(family, 'dtype'), family.dtypes);
      const initializer = make(family, values, seed);
      const { range } = this.machine.cpu.check(initializer, [...shape], { dtype });
      const draw = initializer.resolve([...shape]);
      this.shown = { tensor: { initializer, shape, dtype, elements: range.count }, law: lawOf(draw) };
      fill(this.formula, ...formulaOf(family, values, shape, draw).map((line) => element('p', {}, line)));
      this.config.textContent = JSON.stringify(initializers.serialize(initializer), null, 2);
      this.code.textContent = codeOf(family, values, seed, shape, dtype);
      this.say(undefined);
      this.root.dataset.state = 'waiting';
      this.scheduler.request(this);
    } catch (error) {
      this.say(messageOf(error));
      this.stale();
    }
  }

  /** Computes the same again, on the present device. */
  redraw(): void {
    this.update(this.pageIsRight);
  }

  async run(signal: AbortSignal): Promise<void> {
    const { shown } = this;
    if (shown === undefined) return;
    const { tensor, law } = shown;
    this.root.dataset.state = 'computing';
    try {
      const onProgress = (share: number): void => {
        if (share < 1) this.made.textContent = `computing … ${Math.floor(100 * share)} %`;
      };
      const { values, backend, ms } = await compute(this.machine, tensor, signal, onProgress);
      signal.throwIfAborted();
      this.show(tensor, law, values);
      const all =
        tensor.elements <= SHOWN
          ? `${grouped(values.length)} elements`
          : `the first ${grouped(values.length)} of ${grouped(tensor.elements)} elements`;
      this.made.textContent = `${all}, ${tensor.dtype}, by the ${backend.toUpperCase()} in ${milliseconds(ms)}`;
      this.root.dataset.backend = backend;
      this.root.dataset.state = 'ready';
    } catch (error) {
      if (isAbort(error) || signal.aborted) return;
      this.say(messageOf(error));
      this.stale();
    }
  }

  private show({ shape }: CardTensor, law: Law, values: Float32Array): void {
    showLaw(this.chart, law, values);
    const { low, high } = windowOf(law);
    this.picture.show(values, shape.at(-1) ?? 1, Math.max(Math.abs(low), Math.abs(high)));
    const measured = moments(values);
    const { mean, min, max } = measured;
    const expected = (value: number): HTMLElement =>
      element('span', { class: 'expected' }, ` (${short(value)})`);
    const rows =
      values.length === 0
        ? []
        : [
            ...row('mean', mean, expected(law.mean)),
            ...row('stddev', stddevOf(measured), expected(law.stddev)),
            ...row('min', min),
            ...row('max', max),
          ];
    fill(this.numbers, ...rows);
  }

  private say(words: string | undefined): void {
    const fields = [...this.fields, ...[...this.own].filter(([, { control }]) => control.value !== '')];
    const at = words === undefined ? undefined : fields.find(([name]) => words.startsWith(`${name} `));
    for (const [, field] of [...this.fields, ...this.own])
      field.setError(at?.[1] === field ? words : undefined);
    this.fault.textContent = words ?? '';
    this.fault.hidden = words === undefined || at !== undefined;
  }

  /** Marks the shown values as outdated. */
  private stale(): void {
    this.shown = undefined;
    this.root.dataset.state = 'stale';
    this.made.textContent = '';
  }
}

function row(name: string, value: number, ...more: HTMLElement[]): HTMLElement[] {
  return [element('dt', {}, name), element('dd', {}, element('data', { value }, short(value)), ...more)];
}

function block(title: string, code: HTMLElement): HTMLElement {
  return element(
    'details',
    {},
    element('summary', {}, title),
    element(
      'div',
      { class: 'code' },
      copyButton(() => code.textContent ?? '', title.toLowerCase()),
      element('pre', { tabindex: 0 }, code),
    ),
  );
}
