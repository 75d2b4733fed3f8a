import { ArgumentError, show } from '../../../core/errors';
import { Key, type Seed } from '../../../streams/key';
import { checkOwnStreams, type Resolved } from '../../../jobs/requests';
import { checkBufferSize, checkGpuBuffer } from '../device/buffer';
import type { Dispatch } from './dispatches';
import { type Placement, placeOnGpu } from './fill';
import { Health } from '../device/health';
import { isOrthogonal, matrixMemory, prepareMatrix, recordMatrix } from '../orthogonal/orthogonal';
import { Pipelines, variantsOf } from '../pipelines/pipelines';
import { commandsOf, createUniforms, OFFSET_ALIGNMENT, parametersOf, ROW_BYTES } from './record';
import { type Encoder, Recording } from './recording';
import { ROWS, rowsOf } from './rows';
import { guarded } from '../device/scope';

/** A request and its place in a buffer of the caller's. */
export interface Prepare {
  readonly request: Resolved;
  readonly placement: Placement & { readonly buffer: GPUBuffer };
}

/** Tensors whose every GPU object is made, to be filled as often as wanted; from `Sampler.prepare`. */
export class PreparedFill {
  private readonly recordings: readonly Recording[];
  private readonly uniforms: GPUBuffer;
  /** The parameters of all rows as they were last written to a slot, and where those of each request are in it. */
  private readonly words: Uint32Array<ArrayBuffer>;
  private readonly rows: readonly { readonly request: number; readonly offset: number }[];
  private readonly requests: readonly Resolved[];
  private readonly owned: { destroy(): void }[] = [];
  private destroyed = false;

  /** Compiles at once what is not compiled yet. */
  constructor(
    private readonly device: GPUDevice,
    prepares: readonly Prepare[],
    readonly slots: number,
  ) {
    // All that needs nothing, then factorizations, then what needs those.
    const first: Dispatch[] = [];
    const last: Dispatch[] = [];
    const requestOf = new Map<Dispatch, number>();
    const factorizations: Recording[] = [];
    prepares.forEach(({ placement: { job, steps, buffer } }, request) => {
      const add = (stage: Dispatch[], dispatches: readonly Dispatch[]): void => {
        stage.push(...dispatches);
        for (const dispatch of dispatches) requestOf.set(dispatch, request);
      };
      if (!isOrthogonal(job)) {
        add(
          first,
          steps.map((step) => ({ job, step, buffer })),
        );
      } else if (steps.length > 0) {
        const memory = matrixMemory(device, job);
        const { normals, factorization } = recordMatrix(device, job, memory);
        this.owned.push(memory, factorization.uniforms);
        add(first, normals);
        factorizations.push(factorization.recording);
        add(
          last,
          steps.map((step) => ({ job, step, buffer, matrix: memory.matrix })),
        );
      }
    });
    const early = rowsOf(first);
    const rows = [...early, ...rowsOf(last)];
    this.requests = prepares.map(({ request }) => request);
    const parameters = parametersOf(rows);
    this.words = parameters.words;
    this.rows = rows.flatMap((of, i) =>
      of.map((dispatch, row) => ({ request: requestOf.get(dispatch)!, offset: parameters.offsets[i][row] })),
    );
    this.uniforms = createUniforms(device, this.words, slots);
    this.owned.push(this.uniforms);
    const commands = commandsOf(device, rows, parameters, this.uniforms);
    const recording = (part: typeof commands): Recording => new Recording(part, slots, this.words.byteLength);
    this.recordings = [
      recording(commands.slice(0, early.length)),
      ...factorizations,
      recording(commands.slice(early.length)),
    ];
  }

  /** Compiles without stalling the page, and reports what cannot be made. */
  static async create(device: GPUDevice, prepares: readonly Prepare[], slots: number): Promise<PreparedFill> {
    const dispatches = prepares.reduce(
      (sum, { placement: { job, steps } }) => sum + (isOrthogonal(job) ? 2 : 1) * steps.length,
      0,
    );
    checkBufferSize(
      device,
      slots * (OFFSET_ALIGNMENT * dispatches + ROWS * ROW_BYTES),
      'the parameters need',
      'take fewer slots',
    );
    await Health.of(device).wait(
      Promise.all(
        prepares.map(async ({ placement: { job, steps } }) => {
          await Pipelines.of(device).prepare(variantsOf(job, steps));
          if (isOrthogonal(job) && steps.length > 0) await prepareMatrix(device, job);
        }),
      ),
    );
    let made: PreparedFill | undefined;
    try {
      return await guarded(device, 'preparing', () => (made = new PreparedFill(device, prepares, slots)));
    } catch (error) {
      made?.destroy();
      throw error;
    }
  }

  /**
   * Encodes all tensors into a command encoder or a compute pass: no GPU object is made (but the pass,
   * in a command encoder), nothing is submitted, written to a queue or waited for.
   * @param slot whose seed counts, in [0, slots); default 0
   */
  encode(encoder: Encoder, slot = 0): void {
    this.check(slot);
    checkEncoder(encoder);
    const pass =
      'dispatchWorkgroups' in encoder ? encoder : encoder.beginComputePass({ label: 'tensorseed' });
    for (const recording of this.recordings) recording.replay(pass, slot);
    if (pass !== encoder) pass.end();
  }

  /**
   * Gives a slot another seed; each tensor that has a name draws from the stream
   * `Key.from(seed).fold(name)`. The new keys are written to the queue (`queue.writeBuffer`), so they
   * hold for commands that are submitted after this call, also for those that were encoded before
   * it: fills of different seeds in one submit need a slot each.
   * @throws ArgumentError where two tensors would share a stream, having no names of their own
   */
  reseed(seed: Seed, slot = 0): void {
    this.check(slot);
    const key = Key.from(seed);
    if (this.requests.length > 1) checkOwnStreams(this.requests);
    const keys = this.requests.map(({ name }) => (name === undefined ? key : key.fold(name)));
    for (const { request, offset } of this.rows) {
      this.words[offset / 4] = keys[request].lo;
      this.words[offset / 4 + 1] = keys[request].hi;
    }
    this.device.queue.writeBuffer(this.uniforms, slot * this.words.byteLength, this.words);
  }

  private check(slot: number): void {
    if (this.destroyed) throw new ArgumentError('a prepared fill cannot be used after it was destroyed');
    if (!Number.isInteger(slot) || slot < 0 || slot >= this.slots) {
      throw new ArgumentError(`slot must be an integer in [0, ${this.slots}), got ${show(slot)}`);
    }
    Health.of(this.device).check();
  }

  /** Frees what it made, not the buffers that it fills. Commands with it that are not yet submitted become invalid. */
  destroy(): void {
    this.destroyed = true;
    for (const each of this.owned) each.destroy();
  }
}

/** @throws ArgumentError unless `encoder` is a command encoder or a compute pass */
export function checkEncoder(encoder: Encoder): void {
  if (
    typeof encoder !== 'object' ||
    encoder === null ||
    !('beginComputePass' in encoder || 'dispatchWorkgroups' in encoder)
  ) {
    throw new ArgumentError(
      `encoder must be a GPUCommandEncoder or a GPUComputePassEncoder, got ${show(encoder)}`,
    );
  }
}

/** @throws ArgumentError where the request's buffer is none or cannot take it */
export function placeInBuffer(device: GPUDevice, request: Resolved): Prepare {
  const buffer = checkGpuBuffer(request.buffer);
  return { request, placement: { ...placeOnGpu(device, request.job, buffer, request.byteOffset), buffer } };
}
