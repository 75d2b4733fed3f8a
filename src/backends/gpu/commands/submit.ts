import { throwIfAborted } from '../../../core/abort';
import type { Watch } from '../../../core/watch';
import { type Dispatch, workOf } from './dispatches';
import { record } from './record';
import { Health } from '../device/health';
import { InFlight } from '../device/in_flight';
import { Pipelines, variantOf } from '../pipelines/pipelines';
import { guarded } from '../device/scope';

/** Submitted at once at most, of the longest dispatches: together far below a watchdog's patience. */
const WORK_PER_SUBMIT = 4;

/** And of the shortest, whose parameters are 256 bytes each. */
const DISPATCHES_PER_SUBMIT = 4096;

/**
 * Submits dispatches, in order, as few submits as bounded time allows. Resolves when the last is submitted; where
 * `onProgress` listens, done.
 * @param last encodes what is to follow in the last submit
 */
export async function submitAll(
  device: GPUDevice,
  dispatches: readonly Dispatch[],
  { signal, onProgress }: Watch,
  last?: (encoder: GPUCommandEncoder) => void,
): Promise<void> {
  await Health.of(device).wait(
    Pipelines.of(device).prepare(dispatches.map(({ job, step }) => variantOf(job.params, job.dtype, step))),
  );
  const inFlight = new InFlight(device, onProgress);
  const total = sum(dispatches);
  let submitted = 0;
  let work = 0;
  for (const part of portions(dispatches)) {
    throwIfAborted(signal);
    submitted += part.length;
    work += sum(part);
    await guarded(device, 'the dispatches', () => {
      const encoder = device.createCommandEncoder({ label: 'tensorseed fill' });
      const { recording, uniforms } = record(device, part);
      const pass = encoder.beginComputePass({ label: 'tensorseed fill' });
      recording.replay(pass);
      pass.end();
      if (submitted === dispatches.length) last?.(encoder);
      device.queue.submit([encoder.finish()]);
      uniforms.destroy(); // after the submit; the commands keep what they need
    });
    await inFlight.add(work / total);
  }
  await inFlight.finish();
}

function sum(dispatches: readonly Dispatch[]): number {
  return dispatches.reduce((work, dispatch) => work + workOf(dispatch), 0);
}

/** Dispatches in order, together of about the work of one submit. */
function* portions(dispatches: readonly Dispatch[]): Generator<Dispatch[]> {
  let part: Dispatch[] = [];
  let work = 0;
  for (const dispatch of dispatches) {
    if (
      part.length > 0 &&
      (work + workOf(dispatch) > WORK_PER_SUBMIT || part.length >= DISPATCHES_PER_SUBMIT)
    ) {
      yield part;
      part = [];
      work = 0;
    }
    part.push(dispatch);
    work += workOf(dispatch);
  }
  if (part.length > 0) yield part;
}
