import { count as checkCount, readArray, knownKeys } from '../core/check';
import { ArgumentError, show, within } from '../core/errors';
import { copyShape, elementCount, resolveRange, type Shape } from '../core/shape';
import { hasWords } from '../distributions/foreign';
import { distributionOf, parametersOfAll } from '../distributions/parameters';
import { configuredSeed } from '../initializers/configured_seed';
import type { Initializer } from '../initializers/initializer';
import { type Filling, type ResolvedPart, resolveFilling } from '../initializers/resolve';
import { type Stream, type StreamKey, streamOf } from '../streams/definition';
import { checkName, Key, type Seed } from '../streams/key';
import { isRandom, type Job } from './job';
import type { FillRequest, JobOptions, SharedOptions } from './request';

/**
 * Checks and resolves what a call asks for.
 * @param known the keys that the options may have
 * @param advance whether a generator with state moves past the tensor. Default true
 * @throws ArgumentError for the first argument that cannot be right
 */
export function resolveCall(
  initializer: Filling,
  shape: Shape,
  options: Omit<FillRequest, 'initializer' | 'shape'>,
  known: readonly string[],
  advance?: boolean,
): Job {
  return resolveRequest({ ...knownKeys('options', options, known), initializer, shape }, '', advance);
}

/**
 * Checks and resolves a request, whose members are read once.
 * @param label what messages call it
 * @param advance whether a generator with state moves past the tensor
 * @throws ArgumentError for the first argument that cannot be right
 */
export function resolveRequest(request: FillRequest, label = '', advance = true): Job {
  const { initializer, name, seed, buffer, byteOffset: offset, ...wanted } = request;
  const stream = streamOf(wanted.stream, seed);
  const shape = Object.freeze(copyShape(wanted.shape));
  const range = resolveRange(wanted.range, elementCount(shape));
  const { parts, json } = resolveFilling(initializer, shape, range);
  const { dtype, math, params } = parametersOfAll(
    parts.map(({ draw }) => draw),
    wanted,
    stream,
    elementCount(shape),
  );
  const key = keyOf({ seed, name, stream }, parts);
  const byteOffset = offset === undefined ? 0 : checkCount('byteOffset', offset);
  if (byteOffset !== 0 && buffer === undefined) {
    throw new ArgumentError(`byteOffset needs a buffer that it counts in, got ${byteOffset} alone`);
  }
  if (parts.length > 1 && params.some(hasWords)) {
    throw new ArgumentError(
      `a tensor of the stream ${stream!.name}, whose values follow one another, cannot have parts, got ${parts.length}`,
    );
  }
  if (advance && seed !== undefined) stream?.advance?.(seed, params[0]);
  return {
    label,
    name,
    shape,
    dtype,
    stream,
    key,
    initializer: json,
    math,
    range,
    stretches: parts.map(({ draw, range }, i) => ({ draw, params: params[i], range })),
    buffer,
    byteOffset,
  };
}

/** The key of the call's seed, or of the initializer's own. Where nothing is drawn, any key will do. */
function keyOf({ seed: given, name, stream }: JobOptions, parts: readonly ResolvedPart[]): StreamKey {
  // The initializers of several parts have seeds of their own, of which none is that of the tensor.
  const seed = given === undefined && parts.length === 1 ? seedOf(parts[0].initializer, stream) : given;
  const random = parts.some(({ draw }) => distributionOf(draw).random);
  if (seed === undefined && random) {
    throw new ArgumentError('seed is missing: give an integer in [0, 2^64)');
  }
  // Some streams derive no key from a name, which is no fault of a tensor that draws nothing.
  return keyIn(stream, seed === undefined ? 0 : seed, random || stream === undefined ? name : undefined);
}

/** The seed in force of an initializer. One that it drew has as many bits as every stream takes. */
function seedOf(initializer: Initializer, stream: Stream | undefined): bigint | undefined {
  const { seed } = initializer;
  const isDrawn = seed !== undefined && stream !== undefined && configuredSeed(initializer) === undefined;
  return isDrawn ? BigInt.asUintN(31, seed) : seed;
}

/** The key of a seed and a name in a stream; undefined is tensorseed's own. */
export function keyIn(
  stream: Stream | undefined,
  seed: Seed | StreamKey,
  name: string | undefined,
): StreamKey {
  const key = stream === undefined ? Key.from(seed as Seed) : stream.keyOf(seed);
  return name === undefined ? key : key.fold(checkName(name));
}

/**
 * Checks and resolves all requests before anything is computed.
 * @param known the keys that a request may have
 * @throws ArgumentError that names the request, for the first argument that cannot be right
 */
export function resolveRequests(
  requests: readonly FillRequest[],
  shared: SharedOptions,
  known: readonly string[],
): Job[] {
  const { seed, stream, dtype, math } = shared;
  const sharing: Job[] = [];
  const jobs = readArray('requests', requests, 'an array', (request, at) => {
    const given = knownKeys(at, request, known) as unknown as FillRequest;
    const label = given.name === undefined ? at : `${at} ${show(given.name)}`;
    const job = within(label, () => resolveRequest({ seed, stream, dtype, math, ...given }, label));
    // What follows one another in one generator shares no stream.
    if (given.seed === undefined && job.key.follows !== true) sharing.push(job);
    return job;
  });
  if (seed !== undefined) checkOwnStreams(sharing);
  return jobs;
}

/**
 * Refuses tensors that would share a stream by mistake, since they have one seed.
 * @throws ArgumentError where a tensor that draws has no name, or the name of another
 */
export function checkOwnStreams(jobs: readonly Job[]): void {
  const whole = new Set<string>();
  for (const job of jobs) {
    const { label, name, range, shape, stream } = job;
    if (!isRandom(job)) continue;
    if (name === undefined && stream?.manualSeed !== undefined) {
      throw new ArgumentError(
        `${label}: the stream ${stream.name} has no names: give a generator as the seed of all, such as that of manualSeed(0), from which the tensors follow one another`,
      );
    }
    if (name === undefined) {
      throw new ArgumentError(
        `${label}: name is missing: with one seed for all, it makes the stream its own`,
      );
    }
    // Ranges of one tensor are parts of one stream.
    if (range.count < elementCount(shape)) continue;
    if (whole.has(name)) {
      throw new ArgumentError(
        `${label}: name must be its own with one seed for all, got that of another request`,
      );
    }
    whole.add(name);
  }
}
