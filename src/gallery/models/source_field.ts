import { button, selectField } from '../controls';
import { element, freshId } from '../dom';
import { PRESETS } from '../../models';

export interface SourceListener {
  onPreset(name: string): void;
  onFiles(files: readonly File[]): void;
}

/** The field for the source of a model: a preset, files that are chosen, or files that are dropped on it. */
export class SourceField {
  readonly root: HTMLElement;
  private readonly preset;

  constructor(preset: string, { onPreset, onFiles }: SourceListener) {
    this.preset = selectField({
      label: 'model',
      value: preset,
      onInput: (name) => name !== '' && onPreset(name),
      options: [['', 'from a file'], ...PRESETS.map((name) => [name, name] as const)],
    });
    const input = element('input', {
      type: 'file',
      multiple: true,
      class: 'visually-hidden',
      tabindex: -1,
      'aria-label': 'Files that describe a model',
      accept: '.json,.keras,.safetensors',
      change: () => {
        const files = [...(input.files ?? [])];
        input.value = ''; // so that the same file can be chosen again
        if (files.length > 0) onFiles(files);
      },
    });
    const hint = element(
      'p',
      { class: 'drop-hint', id: freshId('drop') },
      'or drop them here: a Keras JSON, a ',
      element('code', {}, '.keras'),
      ' file, a ',
      element('code', {}, '.safetensors'),
      ' file of any size, of which only the header is read, or a ',
      element('code', {}, '.safetensors.index.json'),
      ' with its files. Nothing leaves this page.',
    );
    const choose = button('Choose files …', () => input.click());
    choose.setAttribute('aria-describedby', hint.id);
    const drop = element('div', { class: 'drop' }, choose, input, hint);
    this.root = element('div', { class: 'model-source' }, this.preset.root, drop);
    listen(drop, onFiles);
  }

  /** Shows that the model is this preset, or, where it is '', that the model comes from a file. */
  set(preset: string): void {
    this.preset.control.value = preset;
  }
}

function listen(drop: HTMLElement, onFiles: SourceListener['onFiles']): void {
  const over =
    (is: boolean) =>
    (event: DragEvent): void => {
      event.preventDefault();
      drop.classList.toggle('over', is);
    };
  drop.addEventListener('dragover', over(true));
  drop.addEventListener('dragleave', over(false));
  drop.addEventListener('drop', (event) => {
    over(false)(event);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) onFiles(files);
  });
}
