import { Plot } from '../chart';
import { gigabytes } from '../numbers';
import type { Point } from './measure';
import { powerText } from './sizes';

interface Mark {
  readonly elements: number;
  readonly gbPerSecond: number;
  readonly side: string;
}

/** The room for the names of the series. They stand at the ends of the lines, in place of a legend. */
const LABEL_SPACE = 44;

/** Where lines end closer to each other than this, their names are moved apart. */
const CLOSE = 1.3;

const COLOURS = new Map([
  ['GPU', 'var(--data)'],
  ['CPU', 'var(--second)'],
]);

/** A chart of throughput over size with logarithmic axes. Each side has a line with its name at the end. */
export function curve(points: readonly Point[], sizes: readonly number[], width: number): Plot.PlotOptions {
  const marks = points.flatMap(({ elements, bytes, gpu, cpu }): Mark[] => [
    ...(gpu === undefined ? [] : [{ side: 'GPU', elements, gbPerSecond: bytes / gpu.seconds / 1e9 }]),
    { side: 'CPU', elements, gbPerSecond: bytes / cpu.seconds / 1e9 },
  ]);
  const stroke = ({ side }: Mark): string => COLOURS.get(side)!;
  const ends = [...COLOURS.keys()].flatMap((side) => marks.filter((mark) => mark.side === side).slice(-1));
  const [upper, lower] = [...ends].sort((a, b) => b.gbPerSecond - a.gbPerSecond);
  const areClose = lower !== undefined && upper.gbPerSecond / lower.gbPerSecond < CLOSE;
  const name = (mark: Mark | undefined, dy: number): Plot.Markish[] =>
    mark === undefined
      ? []
      : [
          Plot.text([mark], {
            x: 'elements',
            y: 'gbPerSecond',
            text: 'side',
            fill: stroke,
            textAnchor: 'start',
            dx: 9,
            dy,
            fontSize: 12,
            fontWeight: 600,
          }),
        ];
  const every = Math.ceil((sizes.length * 40) / (width - LABEL_SPACE - 48));
  const rates = marks.map(({ gbPerSecond }) => gbPerSecond);
  const [least, most] = [
    Math.floor(Math.log10(Math.min(...rates))),
    Math.ceil(Math.log10(Math.max(...rates))),
  ];
  return {
    marginLeft: 48,
    marginRight: LABEL_SPACE,
    marginBottom: 36,
    marginTop: 24,
    x: {
      type: 'log',
      base: 2,
      domain: [sizes[0], sizes[sizes.length - 1]],
      label: 'elements',
      labelArrow: 'none',
      labelAnchor: 'right',
      ticks: sizes.filter((_, i) => i % every === 0),
      tickFormat: powerText,
    },
    y: {
      type: 'log',
      domain: [10 ** least, 10 ** most],
      label: 'GB/s',
      labelArrow: 'none',
      grid: true,
      ticks: Array.from({ length: most - least + 1 }, (_, i) => 10 ** (least + i)),
      tickFormat: (rate: number) => String(Number(rate.toPrecision(1))),
    },
    marks: [
      Plot.lineY(marks, { x: 'elements', y: 'gbPerSecond', z: 'side', stroke, strokeWidth: 2 }),
      Plot.dot(marks, {
        x: 'elements',
        y: 'gbPerSecond',
        fill: stroke,
        r: 3,
        title: ({ side, elements, gbPerSecond }: Mark) =>
          `${side}, ${powerText(elements)}: ${gigabytes(gbPerSecond * 1e9)} GB/s`,
      }),
      ...name(upper, areClose ? -7 : 0),
      ...name(lower, areClose ? 7 : 0),
    ],
  };
}
