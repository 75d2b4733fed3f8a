import type { ModelFileTensor } from '../../index';
import { type Chart, chart, Plot } from '../chart';
import { element, fill } from '../dom';
import type { LayerHistogram } from './layer_histogram';
import { shapeText } from './tensor_table';
import { type Theory, tensorTheory } from './theory';

const HEIGHT = 96;

interface Figure {
  readonly root: HTMLElement;
  readonly picture: Chart;
  readonly words: HTMLElement;
  isNear: boolean;
}

/** A page of layers' histograms: small multiples, each drawn when it is counted and comes near the window. */
export class Layers {
  readonly root = element('div', { class: 'layers' });
  private readonly done = new Map<ModelFileTensor, LayerHistogram>();
  private readonly figures = new Map<ModelFileTensor, Figure>();
  private readonly tensorOf = new Map<Element, ModelFileTensor>();
  private readonly observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      const tensor = this.tensorOf.get(target)!;
      this.figures.get(tensor)!.isNear = true;
      this.observer.unobserve(target);
      this.draw(tensor);
    }
  }, { rootMargin: '200px' });

  /** Forgets what was counted. */
  clear(): void {
    this.done.clear();
    this.show([...this.figures.keys()]);
  }

  set(tensor: ModelFileTensor, histogram: LayerHistogram): void {
    this.done.set(tensor, histogram);
    this.root.hidden = false;
    this.draw(tensor);
  }

  show(tensors: readonly ModelFileTensor[]): void {
    this.observer.disconnect();
    this.figures.clear();
    this.tensorOf.clear();
    fill(this.root, ...tensors.map((tensor) => this.make(tensor)));
    this.root.hidden = this.done.size === 0;
  }

  private make(tensor: ModelFileTensor): HTMLElement {
    const picture = chart(HEIGHT);
    const words = element('figcaption', { class: 'layer-numbers' }, '…');
    const root = element(
      'figure', { class: 'layer' },
      element('div', { class: 'layer-name', title: tensor.name }, tensor.name),
      element('div', { class: 'layer-shape' }, shapeText(tensor.shape)),
      picture.root, words,
    );
    this.figures.set(tensor, { root, picture, words, isNear: false });
    this.tensorOf.set(root, tensor);
    this.observer.observe(root);
    return root;
  }

  private draw(tensor: ModelFileTensor): void {
    const figure = this.figures.get(tensor);
    const histogram = this.done.get(tensor);
    if (figure === undefined || !figure.isNear || histogram === undefined) return;
    const theory = tensorTheory(tensor);
    const words = `mean ${digits(histogram.mean)}, std ${digits(histogram.stddev)}`;
    fill(figure.words, element('span', {}, words), element('span', { class: 'layer-theory' }, `theory: ${digits(theory.mean)}, ${digits(theory.stddev)}`));
    figure.picture.show(`Histogram of ${tensor.name}: ${words}`, () => plot(histogram, theory));
  }
}

function plot(histogram: LayerHistogram, { mean, stddev }: Theory): Plot.PlotOptions {
  const { counts } = histogram;
  const bins = counts.map((count, i) => ({ count, from: histogram.edge(i), to: histogram.edge(i + 1) })).filter(({ count }) => count > 0);
  const domain = [histogram.edge(0), histogram.edge(counts.length)];
  return {
    marginLeft: 2, marginRight: 2, marginTop: 4, marginBottom: 18,
    x: { domain, label: null, ticks: 3, tickSize: 3, tickFormat: (value: number) => digits(value) },
    y: { axis: null, domain: [0, Math.max(...counts, 1)] },
    marks: [
      Plot.rectY(bins, { x1: 'from', x2: 'to', y: 'count', fill: 'var(--data)', insetLeft: 0, insetRight: 0.5 }),
      Plot.ruleX(stddev > 0 ? [mean - stddev, mean + stddev] : [], { stroke: 'var(--theory)', strokeWidth: 1.25, strokeDasharray: '3 2' }),
      Plot.ruleY([0], { stroke: 'var(--muted)', strokeOpacity: 0.5 }),
    ],
  };
}

/** Four significant digits, with a minus and not a hyphen. */
function digits(value: number): string {
  if (Number.isNaN(value)) return '–';
  const magnitude = Math.abs(value);
  const text = value === 0 ? '0' : magnitude < 1e-4 || magnitude >= 1e6 ? value.toExponential(1) : String(Number(value.toPrecision(4)));
  return text.replace('-', '−').replace('e-', 'e−');
}
