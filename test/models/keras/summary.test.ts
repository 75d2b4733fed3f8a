import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ArgumentError } from '../../../src/index';
import { describeModel, initModel } from '../../../src/models';
import { kerasModel, layers, Sequential, type SummaryOptions } from '../../../src/models/keras';
import { quiet } from '../../support/quiet';

interface Row {
  title: string;
  columns: number;
  arguments: {
    expand_nested?: boolean;
    show_trainable?: boolean;
    line_length?: number;
    positions?: number[];
  };
  json?: object;
  lines: string[];
}
const read = <T>(file: string): T => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as T;

/** Made by make_vectors.py, beside them. */
const { summaries } = read<{ summaries: Row[] }>('summaries.json');
const { models } = read<{ models: { title: string; json: object }[] }>('keras3.json');

/** The terminal of a test has so many columns. */
function terminal(columns: number | undefined): void {
  Object.defineProperty(process.stdout, 'columns', { value: columns, configurable: true, writable: true });
}
const { columns } = process.stdout;
afterEach(() => terminal(columns));

const mlp = () =>
  new Sequential([
    layers.inputLayer({ shape: [784] }),
    layers.dense({ units: 128, activation: 'relu' }),
    layers.dense({ units: 10 }),
  ]);

describe('a summary is what Keras prints', () => {
  it.each(summaries)('$title, $columns columns, $arguments', (row) => {
    const { expand_nested, show_trainable, line_length, positions } = row.arguments;
    const lines: string[] = [];
    const options: SummaryOptions = {
      printFn: (line) => lines.push(line),
      ...(expand_nested !== undefined && { expandNested: expand_nested }),
      ...(show_trainable !== undefined && { showTrainable: show_trainable }),
      ...(line_length !== undefined && { lineLength: line_length }),
      ...(positions !== undefined && { positions }),
    };
    // Keras takes a terminal of 80 columns where there is none.
    terminal(row.columns === 80 ? undefined : row.columns);
    const json = row.json ?? models.find(({ title }) => title === row.title)!.json;
    const model = row.title === 'empty' ? new Sequential() : kerasModel(json);
    expect(model.summary(options)).toBe(row.lines.join('\n'));
    expect(lines).toEqual(row.lines);
  });

  it('has a model for each', () => {
    expect(summaries.length).toBeGreaterThan(15);
  });
});

describe('summary', () => {
  it('prints by console.log, a line at a time, and returns the text', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const text = mlp().summary();
    const lines = log.mock.calls.map((call) => call.join(' '));
    log.mockRestore();
    expect(lines).toEqual(text.split('\n'));
    expect(lines.slice(-3)).toEqual([
      ' Total params: 101,770 (397.54 KB)',
      ' Trainable params: 101,770 (397.54 KB)',
      ' Non-trainable params: 0 (0.00 B)',
    ]);
  });

  it('is as wide as the terminal has room for, and never too narrow', () => {
    const widthAt = (columns: number): number => {
      terminal(columns);
      return mlp().summary(quiet).split('\n')[1].length;
    };
    expect([widthAt(300), widthAt(90), widthAt(70), widthAt(10)]).toEqual([88, 86, 66, 60]);
    expect(
      mlp()
        .summary({ ...quiet, lineLength: 120 })
        .split('\n')[1].length,
    ).toBe(120);
  });

  it('takes the arguments of TensorFlow.js', () => {
    const model = mlp();
    const lines: string[] = [];
    const printFn = (line: string): void => void lines.push(line);
    const positions = [0.5, 0.7, 1];
    expect(model.summary(100, positions, printFn)).toBe(
      model.summary({ ...quiet, lineLength: 100, positions }),
    );
    expect(model.summary(undefined, undefined, printFn)).toBe(model.summary(quiet));
    expect(model.summary(null, null, printFn)).toBe(model.summary(quiet));
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    expect(model.summary(50).split('\n')[1].length).toBe(50);
    log.mockRestore();
    expect(lines.length).toBe(3 * model.summary(quiet).split('\n').length);
  });

  it('keeps a line of the table one line, whatever a name holds', () => {
    const model = new Sequential([layers.dense(2, { inputShape: [3], name: 'a\n\u001b[31mb\u202e' })], {
      name: 'x\r\ny',
    });
    const lines: string[] = [];
    model.summary({ printFn: (line) => lines.push(line) });
    expect(lines[0]).toBe('Model: "x\\u{d}\\u{a}y"');
    expect(lines[4]).toContain('a\\u{a}\\u{1b}[31mb\\u{202e}');
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  it('counts the bytes of half types, and rounds as Python does', () => {
    const size = (dtype: string, units: number): string =>
      new Sequential([layers.dense(units, { inputShape: [1], useBias: false, dtype })])
        .summary(quiet)
        .split('\n')
        .at(-3)!;
    expect(size('float32', 288)).toBe(' Total params: 288 (1.12 KB)');
    expect(size('float32', 352)).toBe(' Total params: 352 (1.38 KB)');
    expect(size('bfloat16', 512)).toBe(' Total params: 512 (1.00 KB)');
  });

  it.each<[string, unknown[], string]>([
    ['an unknown option', [{ width: 3 }], 'options has the unknown key "width"'],
    ['no options', [null], 'options must be an object, got null'],
    ['a text', ['wide'], 'options must be an object, got "wide"'],
    ['no function', [{ printFn: 3 }], 'printFn must be a function, got 3'],
    ['no function, as in TensorFlow.js', [80, null, 3], 'printFn must be a function, got 3'],
    ['half a character', [{ lineLength: 60.5 }], 'lineLength must be an integer in [1, 10000], got 60.5'],
    ['no length', [NaN], 'lineLength must be an integer in [1, 10000], got NaN'],
    ['a narrow line', [{ lineLength: 10 }], 'lineLength 10 leaves no room for the column "Output Shape"'],
    ['no flag', [{ expandNested: 'no' }], 'expandNested must be true or false, got "no"'],
    ['no positions', [{ positions: 3 }], 'positions must be a list of numbers that rise to 1, got 3'],
    [
      'positions that fall',
      [{ positions: [0.5, 0.4, 1] }],
      'positions[1] must be a number in (0.5, 1], got 0.4',
    ],
    ['absolute positions', [{ positions: [30, 60, 90] }], 'positions[0] must be a number in (0, 1], got 30'],
    [
      'positions that end early',
      [{ positions: [0.3, 0.4, 0.5] }],
      'positions must be a list of numbers that rise to 1',
    ],
    [
      'too few positions',
      [{ positions: [0.5, 1] }],
      'positions must have one number for each of the 3 columns, got 2',
    ],
  ])('refuses %s in one line', (_, args, message) => {
    const model = mlp() as { summary(...args: unknown[]): string };
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
    let thrown: unknown;
    try {
      model.summary(...args);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ArgumentError);
    expect((thrown as Error).message).toContain(message);
    expect((thrown as Error).message).not.toContain('\n');
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  it('is there for a described and an initialized model, with the sizes of its types', async () => {
    const described = describeModel(mlp());
    expect(described.summary(quiet)).toBe(mlp().summary(quiet));
    const model = await initModel(mlp(), { seed: 1, dtype: 'bfloat16', backend: 'cpu' });
    expect(model.summary(quiet)).toBe(mlp().summary(quiet).replaceAll('397.54 KB', '198.77 KB'));
    expect(model.summary({ ...quiet, showTrainable: true })).toContain('Trainab');
    model.destroy();
  });

  it('is a table of tensors for any other model', () => {
    const tensors = [
      { name: 'w', shape: [3, 4], initializer: 'he_normal' },
      { name: 'bias', shape: [4], initializer: 'zeros' },
    ];
    const lines: string[] = [];
    const text = describeModel({ tensors }).summary({ printFn: (line) => lines.push(line) });
    expect(lines).toEqual([
      'tensor  shape   parameters  initializer',
      'w       [3, 4]          12  he_normal',
      'bias    [4]              4  zeros',
      'Total params: 16 (64.00 B)',
    ]);
    expect(text).toBe(lines.join('\n'));
    const typed = describeModel({ tensors: [{ ...tensors[0], dtype: 'float16' }, tensors[1]] });
    expect(typed.summary({ ...quiet, lineLength: 25 }).split('\n')).toEqual([
      'tensor  shape   dtype   …',
      'w       [3, 4]  float16 …',
      'bias    [4]             …',
      'Total params: 16 (40.00 …',
    ]);
    expect(() => typed.summary({ ...quiet, expandNested: true })).toThrow(
      'expandNested is for the layers of a Keras model, and this model is a list of tensors; got true',
    );
  });
});
