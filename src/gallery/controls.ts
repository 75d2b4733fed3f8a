import { element, freshId } from './dom';

/** A labelled control, with room for one line that says what is wrong with its value. */
export interface FormField {
  readonly root: HTMLElement;
  readonly control: HTMLInputElement | HTMLSelectElement;
  /** Shows an error at the field, or takes it away where it is undefined. */
  setError(message: string | undefined): void;
}

export interface TextFieldOptions {
  readonly label: string;
  readonly value?: string;
  /** The value that holds where the field is empty. */
  readonly placeholder?: string;
  /** Called at every keystroke. */
  onInput(value: string): void;
}

export function textField({ label, value = '', placeholder, onInput }: TextFieldOptions): FormField {
  const input = element('input', {
    type: 'text',
    value,
    placeholder,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    input: () => onInput(input.value),
  });
  return labelled(label, input);
}

export interface SelectFieldOptions {
  readonly label: string;
  readonly value?: string;
  /** The values to choose from, and their words. */
  readonly options: readonly (readonly [value: string, words: string])[];
  onInput(value: string): void;
}

export function selectField({ label, value, options, onInput }: SelectFieldOptions): FormField {
  const select = element(
    'select',
    { input: () => onInput(select.value) },
    ...options.map(([one, words]) => element('option', { value: one }, words)),
  );
  if (value !== undefined) select.value = value;
  return labelled(label, select);
}

function labelled(label: string, control: HTMLInputElement | HTMLSelectElement): FormField {
  const id = freshId('field');
  const error = element('p', { class: 'field-error', id: `${id}-error`, hidden: true });
  control.id = id;
  return {
    root: element('div', { class: 'field' }, element('label', { for: id }, label), control, error),
    control,
    setError(message) {
      error.textContent = message ?? '';
      error.hidden = message === undefined;
      if (message === undefined) {
        control.removeAttribute('aria-invalid');
        control.removeAttribute('aria-describedby');
      } else {
        control.setAttribute('aria-invalid', 'true');
        control.setAttribute('aria-describedby', error.id);
      }
    },
  };
}

/** @param kind 'primary' for the main button of a panel, 'plain' for the others */
export function button(
  label: string,
  onClick: () => void,
  kind: 'primary' | 'plain' = 'plain',
): HTMLButtonElement {
  return element('button', { type: 'button', class: `button ${kind}`, click: onClick }, label);
}

/** For so many milliseconds a button says that it has copied. */
const COPIED_MS = 1600;

/**
 * A button that copies the text that `text` returns.
 * @param what it copies, in words for those who only hear the page
 */
export function copyButton(text: () => string, what: string, label = 'Copy'): HTMLButtonElement {
  const words = element('span', { 'aria-live': 'polite' }, label);
  const made = element(
    'button',
    { type: 'button', class: 'button small', title: `Copy ${what}`, click: () => void copy() },
    words,
  );
  made.append(element('span', { class: 'visually-hidden' }, ` ${what}`));
  async function copy(): Promise<void> {
    const done = await write(text());
    words.textContent = done ? 'Copied' : 'Select and copy by hand';
    setTimeout(() => void (words.textContent = label), COPIED_MS);
  }
  return made;
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // There is no permission, or the page is not secure.
  }
}
