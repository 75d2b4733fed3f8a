import { type Dtype, initializers } from '../../index';
import { chart } from '../chart';
import { button, selectField } from '../controls';
import { element, fill, messageOf } from '../dom';
import { grouped } from '../../text/numbers';
import { binaryBytes, gigabytes } from '../numbers';
import type { Machine, Panel } from '../panel';
import { Progress } from '../progress';
import { settings } from '../settings';
import { adapterDetails } from '../throughput/adapter';
import { curve } from '../throughput/curve';
import { type Fill, type Point, sweep } from '../throughput/measure';
import { ResultsTable } from '../throughput/results';
import { mostBytes, powerText, sizesUpTo } from '../throughput/sizes';
import '../throughput/throughput.css';

const DRAWS = [
  ['random_normal', 'Normal'],
  ['truncated_normal', 'Truncated normal'],
  ['random_uniform', 'Uniform'],
  ['bits', 'Random words'],
] as const;
const DTYPES = [
  ['float32', 'float32'],
  ['float16', 'float16'],
  ['bfloat16', 'bfloat16'],
] as const;
const CHART_HEIGHT = 300;
/** The largest size at first. It takes a moment, and the visitor can choose a larger one. */
const USUAL_MIB = 64;
const MIB = 2 ** 20;

/** The panel that measures GPU and CPU of this machine, size after size. */
export const throughputPanel: Panel = (section, machine) => {
  const progress = new Progress('Throughput measurement');
  const results = new ResultsTable();
  const picture = chart(CHART_HEIGHT);
  const fault = element('p', { class: 'fault', role: 'alert', hidden: true });
  const place = element('div', { class: 'field-place' });
  const facts = element('div');
  const run = button('Measure', () => void measure(), 'primary');

  const draw = choice('draw', 'draw', DRAWS, 'random_normal');
  const dtype = choice('dtype', 'dtype', DTYPES, 'float32');
  let most!: Choice;
  picture.root.hidden = true;
  section.append(
    element('h2', { id: 'throughput-title' }, 'Throughput'),
    element(
      'p',
      { class: 'about' },
      'GPU against CPU on this machine, size by size: from the call until the last byte is there, the median of several fills.',
    ),
    element('div', { class: 'row' }, draw.root, dtype.root, place, run),
    progress.root,
    fault,
    picture.root,
    results.root,
    facts,
  );
  const renew = (): void => {
    most = choice('largest tensor', 'most', sizesOf(machine), String(usual(machine)));
    fill(place, most.root);
    fill(facts, ...factsOf(machine));
  };
  renew();
  machine.onChange(renew);

  async function measure(): Promise<void> {
    const points: Point[] = [];
    const filled = fillOf(draw.value(), dtype.value() as Dtype);
    const sizes = sizesUpTo(Number(most.value()) * MIB, filled.bytesPerElement);
    results.clear();
    fault.hidden = true;
    picture.root.hidden = true;
    run.disabled = true;
    const signal = progress.begin('Starting …');
    try {
      await sweep({
        gpu: machine.gpu,
        cpu: machine.cpu,
        fill: filled,
        sizes,
        signal,
        onProgress: (share, elements) =>
          progress.report(
            share,
            `${powerText(elements)} elements, ${binaryBytes(elements * filled.bytesPerElement)}`,
          ),
        onPoint(point) {
          points.push(point);
          results.add(point);
          picture.root.hidden = false;
          picture.show(spoken(points), (width) => curve(points, sizes, width));
        },
      });
      progress.end(
        `Done: medians at ${sizes.length} sizes${points[0].gpu === undefined ? '' : ', GPU and CPU in turn, each time after their bytes were found equal'}.`,
      );
    } catch (error) {
      progress.end(
        signal.aborted ? `Stopped after ${points.length} of ${sizes.length} sizes.` : 'Not finished.',
      );
      if (!signal.aborted) {
        fault.textContent = messageOf(error);
        fault.hidden = false;
      }
    } finally {
      run.disabled = false;
    }
  }
};

interface Choice {
  readonly root: HTMLElement;
  value(): string;
}

/** A field whose choice the address holds. */
function choice(
  label: string,
  key: string,
  options: readonly (readonly [string, string])[],
  usual: string,
): Choice {
  const name = `throughput.${key}`;
  const field = selectField({
    label,
    options,
    onInput: (value) => settings.set(name, value === usual ? undefined : value),
  });
  const read = (): void => {
    const wanted = settings.get(name, usual);
    field.control.value = options.some(([value]) => value === wanted) ? wanted : usual;
  };
  read();
  settings.onChange((changed) => {
    if (changed === name) read();
  });
  return { root: field.root, value: () => field.control.value };
}

/** The dtype that is filled. Random words are uint32 whatever is chosen. */
function fillOf(draw: string, dtype: Dtype): Fill {
  if (draw === 'bits') return { initializer: initializers.bits(), dtype: 'uint32', bytesPerElement: 4 };
  return { initializer: draw, dtype, bytesPerElement: dtype === 'float32' ? 4 : 2 };
}

function mostMiB({ device }: Machine): number {
  return (
    mostBytes({ limits: device?.limits, memoryGiB: (navigator as { deviceMemory?: number }).deviceMemory }) /
    MIB
  );
}

function usual(machine: Machine): number {
  return Math.min(USUAL_MIB, 2 ** Math.floor(Math.log2(mostMiB(machine))));
}

/** The sizes to choose from: powers of four from 1 MiB on, and the most that the device takes. */
function sizesOf(machine: Machine): (readonly [string, string])[] {
  const most = mostMiB(machine);
  const sizes: number[] = [];
  for (let size = 1; size < most; size *= 4) sizes.push(size);
  return [...new Set([...sizes, usual(machine), most])].map((size) => [
    String(size),
    binaryBytes(size * MIB),
  ]);
}

function factsOf({ adapter, device, gpu }: Machine): HTMLElement[] {
  const heading = element('h3', {}, 'This machine');
  if (gpu === undefined || adapter === undefined || device === undefined) {
    const why = 'gpu' in navigator ? 'No GPU device is there at the moment' : 'This browser has no WebGPU';
    return [
      heading,
      element('p', { class: 'adapter-note' }, `${why}, so only the CPU is measured: WebAssembly on threads.`),
    ];
  }
  return [heading, adapterDetails(adapter, device)];
}

function spoken(points: readonly Point[]): string {
  const { elements, bytes, gpu, cpu } = points[points.length - 1];
  const sides = [
    ...(gpu === undefined ? [] : [`GPU ${gigabytes(bytes / gpu.seconds)}`]),
    `CPU ${gigabytes(bytes / cpu.seconds)}`,
  ];
  return `Throughput over size, up to ${grouped(elements)} elements: ${sides.join(', ')} GB/s`;
}
