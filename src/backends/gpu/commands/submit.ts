import { throwIfAborted } from '../../../core/abort';
import type { Watch } from '../../../core/watch';
import { type Dispatch, workOf } from '../../../jobs/plan';
import { Health } from '../device/health';
import { InFlight } from '../device/in_flight';
import type { Owned } from '../device/owned';
import { guarded } from '../device/scope';
import { Pipelines } from '../pipelines/pipelines';
import { record, type Recorded } from './record';

/** The most work of one submit, in longest dispatches. It takes far less time than a watchdog allows. */
const WORK_PER_SUBMIT = 4;

/** The most dispatches of one submit, however short. The parameters of each take 256 bytes. */
const DISPATCHES_PER_SUBMIT = 4096;

/** How items are submitted: in as few submits as bounded time allows. */
export interface Submission<T> {
  workOf(item: T): number;
  /** The work of all items together. */
  readonly total: number;
  /** The most work of one submit. */
  readonly workPerSubmit: number;
  /** Makes all GPU objects that a submit needs. */
  record(part: readonly T[], owned: Owned): Recorded;
  /** Encodes commands that follow in the last submit. */
  readonly last?: (encoder: GPUCommandEncoder) => void;
}

/**
 * Submits items, in order, in portions of bounded work. Resolves when the last is submitted, or, with
 * `onProgress`, when it is done.
 * @param items which are listed no faster than they are submitted
 */
export async function submitInPortions<T>(
  device: GPUDevice,
  items: Iterable<T>,
  { workOf, total, workPerSubmit, record, last }: Submission<T>,
  watch: Watch,
): Promise<void> {
  const inFlight = new InFlight(device, watch);
  let done = 0;
  for (const { part, work, isLast } of portions(items, workOf, workPerSubmit)) {
    throwIfAborted(watch.signal);
    done += work;
    await guarded(device, 'the dispatches', (owned) => {
      const encoder = device.createCommandEncoder({ label: 'tensorseed fill' });
      const { recording, uniforms } = record(part, owned);
      const pass = encoder.beginComputePass({ label: 'tensorseed fill' });
      recording.replay(pass);
      pass.end();
      if (isLast) last?.(encoder);
      device.queue.submit([encoder.finish()]);
      uniforms.destroy(); // The commands are submitted, and keep what they need.
    });
    await inFlight.add(isLast ? 1 : done / total);
  }
  await inFlight.finish();
}

/**
 * Compiles what dispatches need and submits them.
 * @param last encodes commands that follow in the last submit
 */
export async function submitAll(
  device: GPUDevice,
  dispatches: readonly Dispatch[],
  watch: Watch,
  last?: (encoder: GPUCommandEncoder) => void,
): Promise<void> {
  await Health.of(device).wait('the kernels', Pipelines.prepare(device, dispatches));
  const submission = {
    workOf,
    total: dispatches.reduce((sum, dispatch) => sum + workOf(dispatch), 0),
    workPerSubmit: WORK_PER_SUBMIT,
    record: (part: readonly Dispatch[], owned: Owned) => record(device, part, owned),
    last,
  };
  await submitInPortions(device, dispatches, submission, watch);
}

interface Portion<T> {
  readonly part: readonly T[];
  readonly work: number;
  readonly isLast: boolean;
}

/** Cuts items, in order, into parts of about the work of one submit. */
function* portions<T>(items: Iterable<T>, workOf: (item: T) => number, most: number): Generator<Portion<T>> {
  let part: T[] = [];
  let work = 0;
  for (const item of items) {
    if (part.length > 0 && (work + workOf(item) > most || part.length >= DISPATCHES_PER_SUBMIT)) {
      yield { part, work, isLast: false };
      part = [];
      work = 0;
    }
    part.push(item);
    work += workOf(item);
  }
  if (part.length > 0) yield { part, work, isLast: true };
}
