import { ArgumentError, type Dtype, Key, type Sampler, type Stream } from '../../index';
import { RULE_TABLES } from '../../models';
import { STREAMS } from '../../streams/named';
import { type FormField, selectField, textField } from '../controls';
import { DEFAULTS } from '../defaults';
import { element, messageOf } from '../dom';
import type { Machine } from '../panel';
import { quoted } from '../quoted';
import { settings } from '../settings';

const DTYPES = [
  ['', 'as described'],
  ['float32', 'float32'],
  ['float16', 'float16'],
  ['bfloat16', 'bfloat16'],
] as const;
const STREAM_OPTIONS = [['', 'tensorseed'], ...STREAMS.map(({ name }) => [name, name] as const)] as const;
const BACKENDS = [
  ['gpu', 'GPU'],
  ['cpu', 'CPU'],
] as const;

/**
 * The fields that say how a model is filled: the seed, the stream, the dtype, the rules where it needs them, and the
 * backend.
 */
export class SettingsFields {
  readonly root: HTMLElement;
  private readonly seedField: FormField;
  private readonly streamField: FormField;
  private readonly dtypeField: FormField;
  private readonly rulesField: FormField;
  private readonly backendField: FormField;

  /** @param onInput is called when a setting changes the values of the model */
  constructor(
    private readonly machine: Machine,
    onInput: () => void,
  ) {
    this.seedField = textField({
      label: 'seed',
      value: settings.get('seed', DEFAULTS.seed),
      onInput: (text) => {
        settings.set('seed', text === DEFAULTS.seed ? undefined : text);
        onInput();
      },
    });
    this.seedField.control.setAttribute('inputmode', 'numeric');
    this.streamField = selectField({
      label: 'stream',
      options: STREAM_OPTIONS,
      value: settings.get('models.stream', ''),
      onInput: (value) => {
        settings.set('models.stream', value === '' ? undefined : value);
        onInput();
      },
    });
    this.dtypeField = selectField({
      label: 'dtype',
      options: DTYPES,
      value: settings.get('models.dtype', ''),
      onInput: (value) => {
        settings.set('models.dtype', value === '' ? undefined : value);
        onInput();
      },
    });
    this.rulesField = selectField({
      label: 'rules',
      options: RULE_TABLES.map((name) => [name, name] as const),
      onInput,
    });
    this.backendField = selectField({ label: 'computed by', options: BACKENDS, onInput: () => undefined });
    this.root = element(
      'div',
      { class: 'row' },
      this.seedField.root,
      this.streamField.root,
      this.dtypeField.root,
      this.rulesField.root,
      this.backendField.root,
    );
    this.renew();
    machine.onChange(() => this.renew());
    settings.onChange((key) => this.heed(key, onInput));
  }

  /** Shows the settings of a link that was followed within the page. */
  private heed(key: string, onInput: () => void): void {
    const fields = [
      ['seed', this.seedField, DEFAULTS.seed],
      ['models.stream', this.streamField, ''],
      ['models.dtype', this.dtypeField, ''],
    ] as const;
    for (const [name, { control }, usual] of fields) {
      if (key !== name || control.value === settings.get(name, usual)) continue;
      control.value = settings.get(name, usual);
      onInput();
    }
  }

  private renew(): void {
    const { control } = this.backendField;
    const hasGpu = this.machine.gpu !== undefined;
    const hadGpu = !control.querySelector<HTMLOptionElement>('[value=gpu]')!.disabled;
    control.querySelector<HTMLOptionElement>('[value=gpu]')!.disabled = !hasGpu;
    if (!hasGpu) control.value = 'cpu';
    else if (!hadGpu) control.value = 'gpu';
  }

  /** The seed; undefined where the text is none, and then the field says why. */
  get seed(): bigint | undefined {
    const text = this.seedField.control.value.trim();
    try {
      if (!/^\d{1,30}$/.test(text))
        throw new ArgumentError(
          `a seed is an integer from 0 to 2^64 - 1, got ${text === '' ? 'nothing' : quoted(text)}`,
        );
      Key.from(BigInt(text));
    } catch (error) {
      this.seedField.setError(messageOf(error));
      return undefined;
    }
    this.seedField.setError(undefined);
    return BigInt(text);
  }

  /** The stream that makes values of the seed; undefined is tensorseed's own. */
  get stream(): Stream | undefined {
    return STREAMS.find(({ name }) => name === this.streamField.control.value);
  }

  /** The dtype of all tensors; undefined where the model says it. */
  get dtype(): Dtype | undefined {
    const { value } = this.dtypeField.control;
    return value === '' ? undefined : (value as Dtype);
  }

  get rules(): string | undefined {
    return this.rulesField.root.hidden ? undefined : this.rulesField.control.value;
  }

  /** The name of the rules; undefined where the model needs none. */
  set rules(table: string | undefined) {
    this.rulesField.root.hidden = table === undefined;
    if (table !== undefined) this.rulesField.control.value = table;
  }

  get sampler(): Sampler {
    const { gpu, cpu } = this.machine;
    return this.backendField.control.value === 'gpu' && gpu !== undefined ? gpu : cpu;
  }
}
