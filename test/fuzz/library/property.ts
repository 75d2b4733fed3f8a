import { Sampler } from '../../../src/index';
import { Comparison, isBitwise } from '../../../src/verify/comparison';
import type { Job } from '../../../src/jobs/job';
import { isHostile, revive } from '../hostile';
import { type Outcome, outcomeOf } from '../outcome';
import type { Property } from '../property';
import { type Call, call } from './call';
import { HOST, memoryOn } from './memory';
import { type Machine, perform, type Written } from './perform';

/** The samplers that are compared. The first is the reference. */
export async function openMachines(device?: GPUDevice): Promise<readonly Machine[]> {
  const reference = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  const fast = await Sampler.create({ backend: 'cpu', threads: 2 });
  const machines: Machine[] = [
    { name: 'reference', sampler: reference, memory: HOST },
    { name: 'fast', sampler: fast, memory: HOST },
  ];
  if (device !== undefined) {
    const sampler = Sampler.on(device);
    await sampler.load(); // because encode cannot wait
    machines.push({ name: 'gpu', sampler, memory: memoryOn(device) });
  }
  return machines;
}

/** What has no CPU counterpart is compared with what `fill` does. */
const AS_FILL: Partial<Record<Call['verb'], Call['verb']>> = {
  encode: 'fill',
  prepare: 'fill',
  prepareAll: 'fillAll',
};

/** Every call has the bytes of the reference on every backend, or is refused by all of them in one line. */
export function libraryProperty([reference, ...others]: readonly Machine[]): Property<Call> {
  return {
    name: 'library',
    inputs: call,
    async check(input) {
      const expected = await outcomeOf(() => performReference(reference, input));
      for (const machine of others) {
        const isGpu = machine.sampler.device !== undefined;
        const got = await outcomeOf(() => perform(machine, input));
        if (!isGpu && AS_FILL[input.verb] !== undefined) expectRefused(machine, got);
        else if (isGpu && mayDiffer(input)) continue;
        else compare(input, reference, machine, expected, got);
      }
    },
  };
}

/** What the call should do, by the reference. */
async function performReference(reference: Machine, input: Call): Promise<readonly Written[]> {
  const verb = AS_FILL[input.verb];
  if (verb === undefined) return perform(reference, input);
  const filled = await perform(reference, { ...input, verb, own: {} });
  if (input.verb !== 'prepare') return filled;
  // A prepared fill is checked when it is made, and filled with another seed then.
  const requests = input.requests.map((request) =>
    isHostile(request.options)
      ? request
      : { ...request, options: { ...request.options, seed: input.reseed } },
  );
  return perform(reference, { ...input, verb, own: {}, requests });
}

function expectRefused({ name }: Machine, outcome: Outcome<unknown>): void {
  if (!('refused' in outcome)) throw new Error(`${name} did what only a GPU can do`);
}

/**
 * Whether backends may decide differently: what is memory for one is none for another, some options are only
 * one verb's, and what a callback throws counts only where there is work to report.
 */
function mayDiffer({ verb, requests, own }: Call): boolean {
  return (
    requests.some(({ options }) => 'buffer' in options) ||
    (AS_FILL[verb] !== undefined && Object.values(own).some(isHostile)) ||
    typeof revive(own.onProgress) === 'function'
  );
}

function compare(
  input: Call,
  { sampler }: Machine,
  { name }: Machine,
  expected: Outcome<readonly Written[]>,
  got: Outcome<readonly Written[]>,
): void {
  if ('refused' in got !== 'refused' in expected)
    throw new Error(`the reference: ${said(expected)}; ${name}: ${said(got)}`);
  if ('refused' in got || 'refused' in expected) return;
  if (got.value.length !== expected.value.length)
    throw new Error(`${name} wrote ${got.value.length} tensors, not ${expected.value.length}`);
  got.value.forEach(({ bytes, around }, i) => {
    const wanted = expected.value[i];
    if (Buffer.compare(around, wanted.around) !== 0) throw new Error(`${name} wrote beside tensor ${i}`);
    if (bytes.length !== wanted.bytes.length)
      throw new Error(`${name} wrote ${bytes.length} bytes of tensor ${i}, not ${wanted.bytes.length}`);
    if (Buffer.compare(bytes, wanted.bytes) === 0) return;
    const job = jobOf(sampler, input, i);
    if (job === undefined) return; // each call drew a seed of its own
    const { math } = { math: 'exact' as const, ...(input.requests[i].options as { math?: 'native' }) };
    const fault = new Comparison(job, math).firstMismatch(job.range.start, bytes, wanted.bytes);
    const bitwise = job.stretches.every(({ draw }) => isBitwise(draw, math));
    if (fault !== undefined || bitwise)
      throw new Error(`tensor ${i} on ${name} differs: ${JSON.stringify(fault)}`);
  });
}

const said = (outcome: Outcome<unknown>): string => ('refused' in outcome ? outcome.refused : 'accepted');

/** The job of a request; undefined where the call has no seed, so that the initializer draws one. */
function jobOf(sampler: Sampler, { verb, requests, shared, reseed }: Call, i: number): Job | undefined {
  const { initializer, shape, options } = requests[i];
  const { buffer: _, byteOffset: _offset, ...rest } = { ...shared, ...options } as Record<string, unknown>;
  const all = revive(verb === 'prepare' ? { ...rest, seed: reseed } : rest);
  const makes = () => sampler.check(revive(initializer), revive(shape), all);
  const [one, two] = [makes(), makes()];
  return one.key.value === two.key.value ? one : undefined;
}
