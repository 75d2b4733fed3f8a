/** Tables of sines and cosines of positions, by which a model knows where a token or a patch is. */
import { exp, log, sinCos } from './elementary';

/** What an element of a table [positions, width] follows from. */
export interface SinusoidalTable {
  readonly width: number;
  readonly layout: 'halves' | 'interleaved';
  readonly endpoint: boolean;
  readonly maxPeriod: number;
  readonly grid: readonly [height: number, width: number] | null;
  readonly columnsFirst: boolean;
  readonly extent: number | null;
  readonly zeroRows: number;
  readonly positions: number;
}

/** The columns of a table that are made of one coordinate: all, or with a grid a half of them. */
export function columnsOfAxis({ width, grid }: Pick<SinusoidalTable, 'width' | 'grid'>): number {
  return grid === null ? width : width / 2;
}

/** What writes the elements from `start` on of a table to memory, as float32 bits. */
export function sinusoidalElements(
  table: SinusoidalTable,
): (start: number, out: Uint32Array<ArrayBuffer>) => void {
  const { width, layout, endpoint, maxPeriod, grid, columnsFirst, extent, zeroRows, positions } = table;
  const columns = columnsOfAxis(table);
  const sines = Math.ceil(columns / 2);
  const period = log(maxPeriod);
  const frequencies = Float64Array.from({ length: sines }, (_, i) =>
    exp(-(endpoint ? i / (sines - 1) : (2 * i) / columns) * period),
  );
  const both = new Float64Array(2);

  /** The coordinate of a position that a column of the table is made of. */
  const coordinate = (position: number, column: number): number => {
    let [at, size] = [position, positions - zeroRows];
    if (grid !== null) {
      const ofColumns = column < columns === columnsFirst;
      const row = Math.floor(position / grid[1]);
      at = ofColumns ? position - row * grid[1] : row;
      size = grid[ofColumns ? 1 : 0];
    }
    return extent === null ? at : (at * extent) / size;
  };

  return (start, words) => {
    const out = new Float32Array(words.buffer, words.byteOffset, words.length);
    for (let i = 0; i < out.length; i++) {
      const row = Math.floor((start + i) / width);
      if (row < zeroRows) {
        out[i] = 0;
        continue;
      }
      const column = start + i - row * width;
      const of = column % columns;
      const sine = layout === 'halves' ? of < sines : of % 2 === 0;
      const pair = layout === 'halves' ? of % sines : Math.floor(of / 2);
      sinCos(coordinate(row - zeroRows, column) * frequencies[pair], both);
      out[i] = both[sine ? 0 : 1];
    }
  };
}
