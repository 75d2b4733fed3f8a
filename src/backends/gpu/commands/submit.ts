import { throwIfAborted } from '../../../core/abort';
import type { Watch } from '../../../core/watch';
import { type Dispatch, workOf } from '../../../jobs/plan';
import { Health } from '../device/health';
import { InFlight } from '../device/in_flight';
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
  /** The most work of one submit. */
  readonly workPerSubmit: number;
  /** Makes all GPU objects that a submit needs. */
  record(part: readonly T[]): Recorded;
  /** Encodes commands that follow in the last submit. */
  readonly last?: (encoder: GPUCommandEncoder) => void;
}

/**
 * Submits items, in order, in portions of bounded work. Resolves when the last is submitted, or, with
 * `onProgress`, when it is done.
 */
export async function submitInPortions<T>(
  device: GPUDevice,
  items: readonly T[],
  { workOf, workPerSubmit, record, last }: Submission<T>,
  { signal, onProgress }: Watch,
): Promise<void> {
  const inFlight = new InFlight(device, onProgress);
  const total = items.reduce((sum, item) => sum + workOf(item), 0);
  let submitted = 0;
  let work = 0;
  for (const part of portions(items, workOf, workPerSubmit)) {
    throwIfAborted(signal);
    submitted += part.length;
    work += part.reduce((sum, item) => sum + workOf(item), 0);
    await guarded(device, 'the dispatches', () => {
      const encoder = device.createCommandEncoder({ label: 'tensorseed fill' });
      const { recording, uniforms } = record(part);
      const pass = encoder.beginComputePass({ label: 'tensorseed fill' });
      recording.replay(pass);
      pass.end();
      if (submitted === items.length) last?.(encoder);
      device.queue.submit([encoder.finish()]);
      uniforms.destroy(); // The commands are submitted, and keep what they need.
    });
    await inFlight.add(work / total);
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
  await Health.of(device).wait(Pipelines.of(device).prepare(dispatches));
  const submission = {
    workOf,
    workPerSubmit: WORK_PER_SUBMIT,
    record: (part: readonly Dispatch[]) => record(device, part),
    last,
  };
  await submitInPortions(device, dispatches, submission, watch);
}

/** Cuts items, in order, into parts of about the work of one submit. */
function* portions<T>(items: readonly T[], workOf: (item: T) => number, most: number): Generator<T[]> {
  let part: T[] = [];
  let work = 0;
  for (const item of items) {
    if (part.length > 0 && (work + workOf(item) > most || part.length >= DISPATCHES_PER_SUBMIT)) {
      yield part;
      part = [];
      work = 0;
    }
    part.push(item);
    work += workOf(item);
  }
  if (part.length > 0) yield part;
}
