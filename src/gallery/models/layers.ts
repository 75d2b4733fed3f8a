import type { ModelFileTensor } from '../../models';
import { stddevOf } from '../../statistics/moments';
import { barsOf } from '../bars';
import { type Chart, chart, Plot } from '../chart';
import { element, fill } from '../dom';
import { short } from '../numbers';
import { sizesText } from './tensor_table';
import { type LayerValues, type Theory, theoryOf } from './theory';

const HEIGHT = 96;

interface Figure {
  readonly root: HTMLElement;
  readonly picture: Chart;
  readonly words: HTMLElement;
  isNear: boolean;
}

/**
 * A page of histograms, one for each layer. Each is drawn when its values are counted and it comes near the
 * window.
 */
export class Layers {
  readonly root = element('div', { class: 'small-charts' });
  private readonly done = new Map<ModelFileTensor, LayerValues>();
  private readonly figures = new Map<ModelFileTensor, Figure>();
  private readonly tensorOf = new Map<Element, ModelFileTensor>();
  private readonly observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        const tensor = this.tensorOf.get(target)!;
        this.figures.get(tensor)!.isNear = true;
        this.observer.unobserve(target);
        this.draw(tensor);
      }
    },
    { rootMargin: '200px' },
  );

  /** Forgets all counts. */
  clear(): void {
    this.done.clear();
    this.show([...this.figures.keys()]);
  }

  set(tensor: ModelFileTensor, values: LayerValues): void {
    this.done.set(tensor, values);
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
    const words = element('figcaption', {}, '…');
    const root = element(
      'figure',
      { class: 'small-chart layer' },
      element('h3', { title: tensor.name }, tensor.name),
      element('p', {}, sizesText(tensor.shape)),
      picture.root,
      words,
    );
    this.figures.set(tensor, { root, picture, words, isNear: false });
    this.tensorOf.set(root, tensor);
    this.observer.observe(root);
    return root;
  }

  private draw(tensor: ModelFileTensor): void {
    const figure = this.figures.get(tensor);
    const values = this.done.get(tensor);
    if (figure === undefined || !figure.isNear || values === undefined) return;
    const theory = theoryOf(tensor);
    const { mean } = values.moments;
    const stddev = stddevOf(values.moments);
    fill(figure.words, momentsTable({ mean, stddev }, theory));
    figure.picture.show(
      `Histogram of ${tensor.name}: mean ${short(mean)}, standard deviation ${short(stddev)}`,
      () => plot(values, theory),
    );
  }
}

/** The mean and the standard deviation of the values, above those that they should have. */
function momentsTable(values: Pick<Theory, 'mean' | 'stddev'>, theory: Theory): HTMLElement {
  const row = (name: string, { mean, stddev }: Pick<Theory, 'mean' | 'stddev'>): HTMLElement =>
    element(
      'tr',
      { class: name },
      element('th', { scope: 'row' }, name),
      element('td', {}, short(mean)),
      element('td', {}, short(stddev)),
    );
  const head = element(
    'tr',
    {},
    element('td'),
    element('th', { scope: 'col' }, 'mean'),
    element('th', { scope: 'col' }, 'stddev'),
  );
  return element(
    'table',
    { class: 'moments' },
    element('thead', {}, head),
    element('tbody', {}, row('values', values), row('theory', theory)),
  );
}

/** A histogram. Its dashed lines are one theoretical standard deviation away from the theoretical mean. */
function plot({ histogram }: LayerValues, { mean, stddev }: Theory): Plot.PlotOptions {
  const bars = barsOf(histogram);
  return {
    marginLeft: 6,
    marginRight: 6,
    marginTop: 4,
    marginBottom: 20,
    x: {
      domain: [histogram.min, histogram.max],
      label: null,
      ticks: stddev > 0 ? 3 : [mean],
      tickSize: 3,
      tickFormat: short,
    },
    y: { axis: null, domain: [0, Math.max(...bars.map(({ density }) => density))] },
    marks: [
      Plot.rectY(bars, {
        x1: 'from',
        x2: 'to',
        y: 'density',
        fill: 'var(--data)',
        insetLeft: 0,
        insetRight: 0.5,
      }),
      Plot.ruleX(stddev > 0 ? [mean - stddev, mean + stddev] : [], {
        stroke: 'var(--theory)',
        strokeWidth: 1.25,
        strokeDasharray: '3 2',
      }),
      Plot.ruleY([0], { stroke: 'var(--muted)', strokeOpacity: 0.5 }),
    ],
  };
}
