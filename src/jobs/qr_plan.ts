import { DeviceError } from '../core/errors';

/** The columns of a panel, PANEL in shaders/qr/panel.wgsl. */
export const PANEL = 32;

/** The rows and the columns of the product that one workgroup computes, in shaders/qr/tile.wgsl. */
export const TILE_ROWS = 32;
export const TILE_COLUMNS = 64;

/** The invocations of a workgroup in the kernels that go element by element. */
export const THREADS = 64;

/** The least number of rows that `project` sums in one workgroup, and the largest number of slices. */
const SLICE_ROWS = 512;
const MOST_SLICES = 32;

/**
 * Up to ROWS_ALONE rows, one workgroup runs `factor`. More rows are divided over at most MOST_FACTOR_SLICES
 * workgroups.
 */
const ROWS_ALONE = 1024;
const FACTOR_ROWS = 128;
const MOST_FACTOR_SLICES = 128;

/**
 * The most multiply-adds that one dispatch of the matrix products does. They take some tens of milliseconds
 * on a slow integrated GPU, far less than the 2 s after which the device is reset.
 */
const WORK_PER_DISPATCH = 2 ** 29;

/**
 * The kernels of the QR factorization, in shaders/qr/.
 *
 * @example
 * ```ts
 * import { type QrKernel, qrKernels } from 'tensorseed/shaders';
 *
 * const kernel: QrKernel = 'update';
 * console.log(qrKernels[kernel].includes('@compute')); // true
 * ```
 */
export type QrKernel = 'factor' | 'unpack' | 'project' | 'apply_triangle' | 'update';

/** The limits of a device that the factorization depends on; names as in GPUSupportedLimits. */
export interface QrLimits {
  readonly maxBufferSize: number;
  readonly maxStorageBufferBindingSize: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

/** One dispatch: the members of `Panel` in shaders/qr/panel.wgsl, and how much work it is. */
export interface QrStep {
  readonly kernel: QrKernel;
  readonly panel: Readonly<Record<(typeof PANEL_MEMBERS)[number], number>>;
  readonly workgroups: readonly [number, number];
  /** The approximate number of multiply-adds. */
  readonly work: number;
}

/** The members of `Panel`, in the shader's order. */
export const PANEL_MEMBERS = [
  'rows',
  'columns',
  'first',
  'width',
  'stride',
  'pitch',
  'column',
  'column_end',
  'slice_rows',
  'slices',
  'transposed',
] as const;

/** The sizes in bytes of the buffers of the factorization, by their names in shaders/qr/panel.wgsl. */
export interface QrBuffers {
  readonly matrix: number;
  readonly reflectors: number;
  readonly triangles: number;
  readonly products: number;
}

/**
 * The memory for a matrix of `rows` >= `columns`, in float32. It is the matrix itself, at most 32 columns of
 * its length, and 64 rows of its width, or up to 1056 rows where it is tall.
 * @throws DeviceError where the device does not allow so large a buffer
 */
export function qrBuffers(rows: number, columns: number, limits: QrLimits): QrBuffers {
  const { slices } = slicesOf(rows);
  const buffers = {
    matrix: 4 * rows * columns,
    reflectors: 4 * rows * paddedOf(columns).stride,
    triangles: 4 * PANEL * PANEL * Math.ceil(columns / PANEL),
    products: 4 * PANEL * Math.max(slices * paddedOf(columns).pitch, 2 * (factorSlicesOf(rows).slices + 1)),
  };
  const most = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize, 2 ** 34 - 4);
  for (const bytes of Object.values(buffers)) {
    if (bytes > most) {
      throw new DeviceError(
        `an orthogonal ${rows} x ${columns} matrix needs ${bytes} bytes in one buffer, but the device allows at most ${most} ` +
          '(maxBufferSize, maxStorageBufferBindingSize)',
      );
    }
  }
  const tiles = Math.ceil(rows / TILE_ROWS);
  if (tiles > limits.maxComputeWorkgroupsPerDimension) {
    throw new DeviceError(
      `an orthogonal matrix can have at most ${TILE_ROWS * limits.maxComputeWorkgroupsPerDimension} rows on this device, got ${rows}`,
    );
  }
  return buffers;
}

/**
 * The dispatches that turn a matrix of `rows` >= `columns` >= 1 into the Q of its QR factorization with a
 * positive diagonal of R. They first go through the panels from left to right: the reflectors of each are
 * found and applied to the columns on its right. Then they go from right to left and multiply all reflectors
 * to Q, which takes their place.
 * @see LAPACK, sgeqrf and sorgqr; Golub and Van Loan, Matrix Computations, section 5.2
 */
export function* qrSteps(rows: number, columns: number, limits: QrLimits): Generator<QrStep> {
  const panels = Math.ceil(columns / PANEL);
  for (let panel = 0; panel < panels; panel++) {
    const at = panelOf(rows, columns, panel * PANEL);
    yield* factorSteps(at);
    yield* applySteps({ ...at, column: at.first + at.width, transposed: 1 });
  }
  for (let panel = panels - 1; panel >= 0; panel--) {
    const at = panelOf(rows, columns, panel * PANEL);
    const work = unpackWork(at);
    const workgroups = Math.min(Math.ceil(work / THREADS), limits.maxComputeWorkgroupsPerDimension);
    yield { kernel: 'unpack', panel: at, workgroups: [workgroups, 1], work };
    yield* applySteps({ ...at, column: at.first });
  }
}

/** The work of all steps together. There may be millions of them, so they are not listed here. */
export function qrWork(rows: number, columns: number): number {
  let work = 0;
  for (let first = 0; first < columns; first += PANEL) {
    const at = panelOf(rows, columns, first);
    const applied = columns - first - at.width + (columns - first);
    work += factorWork(at) * (at.width + 1) + applyWork(at) * applied + unpackWork(at);
  }
  return work;
}

/** The work of `factor` for each column. */
function factorWork({ rows, first }: QrStep['panel']): number {
  return 2 * PANEL * (rows - first);
}

/** The work of the three kernels that apply reflectors, for each column. */
function applyWork({ rows, first }: QrStep['panel']): number {
  return PANEL * (2 * (rows - first) + PANEL);
}

function unpackWork({ rows, columns, first, width }: QrStep['panel']): number {
  return width * (rows - first + (columns - first));
}

/** Finds the reflectors of a panel. All its columns are one dispatch where one workgroup has all rows. */
function factorSteps(at: QrStep['panel']): QrStep[] {
  const rows = at.rows - at.first;
  const { sliceRows, slices } = factorSlicesOf(rows);
  const perDispatch = slices === 1 ? at.width + 1 : 1;
  const steps: QrStep[] = [];
  for (let column = 0; column <= at.width; column += perDispatch) {
    const panel = { ...at, column, column_end: column + perDispatch, slice_rows: sliceRows, slices };
    steps.push({ kernel: 'factor', panel, workgroups: [slices, 1], work: 2 * PANEL * rows * perDispatch });
  }
  return steps;
}

/**
 * Applies the reflectors of a panel to the columns [column, columns), as many in a dispatch as its time
 * allows.
 */
function applySteps(at: QrStep['panel']): QrStep[] {
  const steps: QrStep[] = [];
  const rows = at.rows - at.first;
  const tileWork = PANEL * rows * TILE_COLUMNS;
  const perDispatch = TILE_COLUMNS * Math.max(1, Math.floor(WORK_PER_DISPATCH / tileWork));
  for (let column = at.column; column < at.columns; column += perDispatch) {
    const end = Math.min(column + perDispatch, at.columns);
    const tiles = Math.ceil((end - column) / TILE_COLUMNS);
    const panel = { ...at, column, column_end: end };
    const work = PANEL * rows * (end - column);
    steps.push(
      { kernel: 'project', panel, workgroups: [tiles, at.slices], work },
      {
        kernel: 'apply_triangle',
        panel,
        workgroups: [Math.ceil((end - column) / THREADS), 1],
        work: PANEL * PANEL * (end - column),
      },
      { kernel: 'update', panel, workgroups: [tiles, Math.ceil(rows / TILE_ROWS)], work },
    );
  }
  return steps;
}

/** The panel whose first column is `first`. */
function panelOf(rows: number, columns: number, first: number): QrStep['panel'] {
  const { sliceRows, slices } = slicesOf(rows - first);
  return {
    rows,
    columns,
    first,
    width: Math.min(PANEL, columns - first),
    ...paddedOf(columns),
    column: 0,
    column_end: columns,
    slice_rows: sliceRows,
    slices,
    transposed: 0,
  };
}

/** The lengths of rows as multiples of 4, so that they can be read as vectors. */
function paddedOf(columns: number): { stride: number; pitch: number } {
  const pitch = 4 * Math.ceil(columns / 4);
  return { stride: Math.min(PANEL, pitch), pitch };
}

/** The slices of rows that the workgroups of `project` sum. */
function slicesOf(rows: number): { sliceRows: number; slices: number } {
  const sliceRows = Math.max(SLICE_ROWS, TILE_ROWS * Math.ceil(rows / MOST_SLICES / TILE_ROWS));
  return { sliceRows, slices: Math.ceil(rows / sliceRows) };
}

/** The slices of rows that the workgroups of `factor` have. */
function factorSlicesOf(rows: number): { sliceRows: number; slices: number } {
  const sliceRows =
    rows <= ROWS_ALONE ? rows : FACTOR_ROWS * Math.ceil(rows / MOST_FACTOR_SLICES / FACTOR_ROWS);
  return { sliceRows, slices: Math.ceil(rows / sliceRows) };
}
