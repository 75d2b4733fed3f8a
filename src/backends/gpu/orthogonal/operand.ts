import type { Watch } from '../../../core/watch';
import { type OrthogonalParameters, sidesOf } from '../../../distributions/orthogonal';
import { STANDARD_NORMAL } from '../../../distributions/normal';
import type { Job } from '../../../jobs/job';
import { qrBuffers, type QrStep, qrSteps, qrWork } from '../../../jobs/qr_plan';
import { planOn } from '../commands/device_plan';
import { submitAll, submitInPortions } from '../commands/submit';
import { isSoftware } from '../device/adapter_kind';
import { Health } from '../device/health';
import type { Owned } from '../device/owned';
import { guarded } from '../device/scope';
import type { Operand, RecordedOperand } from '../operand';
import { Pipelines } from '../pipelines/pipelines';
import { piecesOf, wordsOf } from '../words';
import { QrGpuMemory, QrPipelines } from './qr';

/** So many multiply-adds take as long as a longest dispatch. */
const WORK_OF_DISPATCH = 2 ** 29;

/**
 * The most multiply-adds of one submit. An abort is obeyed between two submits, and drivers that compute on the
 * CPU take as long for fewer.
 */
const WORK_PER_SUBMIT = { gpu: 2 ** 30, software: 2 ** 28 };

/**
 * The matrix Q that an orthogonal job takes its elements from. It is the Q of a matrix of normals of the
 * job's key.
 */
export class OrthogonalMatrix implements Operand {
  readonly work: number;
  private readonly rows: number;
  private readonly columns: number;
  private readonly matrixBytes: number;
  /** The job that fills the matrix before it is factorized. */
  private readonly normals: Job;

  /** @throws DeviceError where the matrix is too large for the device */
  constructor(
    private readonly device: GPUDevice,
    job: Job,
    params: OrthogonalParameters,
  ) {
    [this.rows, this.columns] = sidesOf(params);
    this.matrixBytes = qrBuffers(this.rows, this.columns, device.limits).matrix;
    const count = this.rows * this.columns;
    const range = { start: 0, count };
    this.normals = {
      ...job,
      shape: [count],
      dtype: 'float32',
      range,
      stretches: [{ draw: STANDARD_NORMAL, params: params.normals, range }],
      buffer: undefined,
      byteOffset: 0,
    };
    // About r c^2 multiply-adds for the factorization and as many for Q (Golub and Van Loan, section 5.2).
    this.work = (2 * this.rows * this.columns * this.columns) / WORK_OF_DISPATCH;
  }

  async prepare(): Promise<void> {
    const { device } = this;
    // The pipelines depend only on the size of the matrix.
    const matrix = { size: this.matrixBytes } as GPUBuffer;
    await Promise.all([
      Pipelines.prepare(device, planOn(device, this.normals, matrix)),
      QrPipelines.of(device).prepare(),
    ]);
  }

  async compute({ signal, onProgress }: Watch): Promise<GPUBuffer> {
    const { device } = this;
    const memory = await guarded(device, 'allocating the matrix', (owned) => this.allocate(owned));
    try {
      await Health.of(device).wait('the kernels', this.prepare());
      await this.submitNormals(memory.matrix, signal);
      const factorization = {
        workOf: ({ work }: QrStep) => work,
        total: qrWork(this.rows, this.columns),
        workPerSubmit: WORK_PER_SUBMIT[isSoftware(device.adapterInfo) ? 'software' : 'gpu'],
        record: (part: readonly QrStep[], owned: Owned) => memory.record(device, part, owned),
      };
      await submitInPortions(device, this.steps(), factorization, { signal, onProgress });
      memory.destroyWorkspace();
      return memory.matrix;
    } catch (error) {
      memory.destroy();
      throw error;
    }
  }

  record(owned: Owned): RecordedOperand {
    const memory = this.allocate(owned);
    const { recording } = memory.record(this.device, [...this.steps()], owned);
    const words = wordsOf(this.device, this.normals)?.record(owned);
    return {
      buffer: memory.matrix,
      dispatches: planOn(this.device, this.normals, memory.matrix, words?.buffer),
      recording,
    };
  }

  private async submitNormals(matrix: GPUBuffer, signal: AbortSignal | undefined): Promise<void> {
    const { device } = this;
    for (const piece of piecesOf(this.normals)) {
      const words = await wordsOf(device, piece)?.compute({ signal });
      try {
        await submitAll(device, planOn(device, piece, matrix, words), { signal });
      } finally {
        words?.destroy(); // The commands are submitted, and keep what they need.
      }
    }
  }

  private allocate(owned: Owned): QrGpuMemory {
    return QrGpuMemory.create(this.device, this.rows, this.columns, owned);
  }

  private steps(): Iterable<QrStep> {
    return qrSteps(this.rows, this.columns, this.device.limits);
  }
}
