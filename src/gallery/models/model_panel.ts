import type { ModelFileTensor } from '../../models';
import { button, type FormField, textField } from '../controls';
import { element, fill, messageOf } from '../dom';
import { plural } from '../../text/numbers';
import { bytes, milliseconds } from '../numbers';
import type { Machine } from '../panel';
import { Progress } from '../progress';
import { settings } from '../settings';
import { readFiles, type OpenedModel } from './files';
import { Layers } from './layers';
import { Pager } from './pager';
import { countAll, saveTo } from './run';
import { openSink } from './save';
import { SettingsFields } from './settings_fields';
import { fittingRules, isPreset, presetSource, type ShownModel, shownModel } from './shown_model';
import { SourceField } from './source_field';
import { TensorTable } from './tensor_table';
import './models.css';

const USUAL_MODEL = 'gpt2';

/** The parts of the panel, and its reactions to the visitor. */
export class ModelPanel {
  private source: OpenedModel;
  /** The model that is shown; undefined where the settings do not fit. */
  private shown: ShownModel | undefined;
  private readonly field: SourceField;
  private readonly how: SettingsFields;
  private readonly filter: FormField;
  private readonly fault = element('p', { class: 'fault', role: 'alert', hidden: true });
  private readonly summary = element('p', { class: 'model-summary', role: 'status' });
  private readonly notes = element('ul', { class: 'notes', hidden: true });
  private readonly initialize = button('Initialize', () => void this.count(), 'primary');
  private readonly download = button('Download .safetensors', () => void this.save());
  private readonly progress = new Progress('The model');
  private readonly digest = element('p', { class: 'digest', hidden: true });
  private readonly table = new TensorTable();
  private readonly layers = new Layers();
  private readonly pager: Pager<ModelFileTensor>;

  constructor(section: HTMLElement, machine: Machine) {
    const wanted = settings.get('models.model', USUAL_MODEL);
    const preset = isPreset(wanted) ? wanted : USUAL_MODEL;
    this.source = presetSource(preset);
    this.field = new SourceField(preset, {
      onPreset: (name) => this.choose(name),
      onFiles: (files) => void this.read(files),
    });
    this.how = new SettingsFields(machine, () => this.lay());
    this.filter = textField({
      label: 'find a tensor',
      placeholder: 'part of a name',
      onInput: () => this.list(),
    });
    this.pager = new Pager('tensors', (tensors) => {
      this.table.show(tensors);
      this.layers.show(tensors);
    });
    section.append(
      element('h2', { id: 'model-title' }, 'Model'),
      element(
        'p',
        { class: 'about' },
        'A whole model, each tensor from a stream of its own: look at its layers, and take it home as the file that ' +
          'the command line writes for the same seed, to the byte.',
      ),
      this.field.root,
      this.fault,
      this.summary,
      this.notes,
      this.how.root,
      element('div', { class: 'row' }, this.initialize, this.download),
      this.progress.root,
      this.digest,
      element('div', { class: 'list-head' }, this.filter.root, this.pager.root),
      this.layers.root,
      this.table.root,
    );
    settings.onChange((key) => {
      const name = settings.get('models.model', USUAL_MODEL);
      if (key === 'models.model' && name !== this.source.label && isPreset(name)) this.choose(name);
    });
    this.load(this.source);
  }

  private choose(preset: string): void {
    settings.set('models.model', preset === USUAL_MODEL ? undefined : preset);
    this.field.set(preset);
    this.load(presetSource(preset));
  }

  private async read(files: readonly File[]): Promise<void> {
    try {
      this.load(await readFiles(files));
      this.field.set('');
    } catch (error) {
      this.complain(error);
    }
  }

  /**
   * Reads another model.
   * @throws ArgumentError where it cannot be read; then the present model stays
   */
  private load(source: OpenedModel): void {
    const rules = source.needsRules ? fittingRules(source) : undefined;
    source.describe({ rules, dtype: this.how.dtype });
    this.source = source;
    this.how.rules = rules;
    this.filter.control.value = '';
    this.lay();
  }

  /** Lays the model out with the present settings. */
  private lay(): void {
    this.progress.cancel();
    this.digest.hidden = true;
    this.fault.hidden = true;
    this.shown = undefined;
    try {
      const { rules, dtype, seed, stream } = this.how;
      const model = this.source.describe({ rules, dtype });
      this.shown =
        seed === undefined
          ? undefined
          : shownModel(model, { seed, dtype, ...(stream !== undefined && { stream }) });
      fill(this.notes, ...(this.shown?.file ?? model).notes.map((note) => element('li', {}, note)));
      this.notes.hidden = (this.shown?.file ?? model).notes.length === 0;
      if (this.shown !== undefined) fill(this.summary, ...summaryOf(this.source.label, this.shown));
    } catch (error) {
      this.complain(error);
    }
    this.enable();
    this.layers.clear();
    this.list();
  }

  private list(): void {
    const part = this.filter.control.value.trim().toLowerCase();
    this.pager.show(this.shown?.tensors.filter(({ name }) => name.toLowerCase().includes(part)) ?? []);
  }

  private async count(): Promise<void> {
    const { file, tensors } = this.shown!;
    const { sampler } = this.how;
    this.layers.clear();
    const total = file.byteLength - file.header.length;
    await this.work(async (signal, report) => {
      const clock = stopwatch();
      await countAll(file, tensors, sampler, {
        signal,
        onProgress: (done) => report(done, total),
        onTensor: (tensor, histogram) => this.layers.set(tensor, histogram),
      });
      return `Initialized: ${bytes(total)} on the ${sampler.backend.toUpperCase()}, every value counted, in ${clock()}.`;
    });
  }

  private async save(): Promise<void> {
    const { file } = this.shown!;
    const { sampler } = this.how;
    this.digest.hidden = true;
    await this.work(async (signal, report) => {
      const sink = await openSink(`${this.source.label.replace(/\.[^.]*$|[/\\:]/g, '')}.safetensors`);
      if (sink === undefined) return 'Not saved: no place was chosen.';
      const clock = stopwatch();
      const hash = await saveTo(sink, file, sampler, {
        signal,
        onProgress: (done) => report(done, file.byteLength),
      });
      if (hash !== undefined) fill(this.digest, 'SHA-256 ', element('code', {}, hash));
      this.digest.hidden = hash === undefined;
      return `Saved ${sink.place}: ${bytes(file.byteLength)} in ${clock()}.`;
    });
  }

  /**
   * Shows the progress of work.
   * @param does the work, and returns the words for its end
   */
  private async work(
    does: (signal: AbortSignal, report: (done: number, total: number) => void) => Promise<string>,
  ): Promise<void> {
    this.fault.hidden = true;
    const signal = this.progress.begin('Starting …');
    this.enable();
    try {
      const words = await does(signal, (done, total) =>
        this.progress.report(done / total, `${bytes(done)} of ${bytes(total)}`),
      );
      this.progress.end(words);
    } catch (error) {
      this.progress.end(signal.aborted ? 'Stopped.' : 'Not finished.');
      if (!signal.aborted) this.complain(error);
    } finally {
      this.enable();
    }
  }

  /** Enables only what the settings allow, and nothing while work goes on. */
  private enable(): void {
    for (const one of [this.initialize, this.download])
      one.disabled = this.shown === undefined || this.progress.running;
  }

  private complain(error: unknown): void {
    this.fault.textContent = messageOf(error);
    this.fault.hidden = false;
  }
}

function summaryOf(label: string, { file, tensors }: ShownModel): (Node | string)[] {
  const elements = tensors.reduce((sum, { count }) => sum + count, 0);
  return [
    element('strong', {}, label),
    ` has ${plural(tensors.length, 'tensor')} with ${plural(elements, 'element')}: a file of ${bytes(file.byteLength)}.`,
  ];
}

function stopwatch(): () => string {
  const start = performance.now();
  return () => milliseconds(performance.now() - start);
}
