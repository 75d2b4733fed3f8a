import { BinnedSample, binsFor } from './binned_sample';
import { andersonDarling } from './checks/anderson_darling';
import { BirthdaySpacings } from './checks/birthday_spacings';
import { BitBalance } from './checks/bit_balance';
import { BitSerial } from './checks/bit_serial';
import { BlockRepeats } from './checks/block_repeats';
import { chiSquare } from './checks/chi_square';
import { Collisions } from './checks/collisions';
import { Cross } from './checks/cross';
import { ks } from './checks/ks';
import { MomentsCheck } from './checks/moments';
import { Serial } from './checks/serial';
import { support } from './checks/support';
import { tails } from './checks/tails';
import { chartDataOf } from './chart_data';
import type { RoundedLaw } from './rounded_law';
import type { Findings, SampleChunk, SampleChunks } from './subject';

/** Elements that go through all checks while they are still in the processor's cache; whole Philox blocks. */
const SLICE = 2 ** 14;

type Reals = Float32Array | Float64Array;

/**
 * Runs all checks over one stream of rows * columns elements;
 * those for raw words too, where it is one of words.
 */
export async function examineStream(
  law: RoundedLaw,
  [rows, columns]: readonly [number, number],
  chunks: SampleChunks,
  onProgress: (elements: number) => void,
): Promise<Findings> {
  const count = rows * columns;
  const sample = new BinnedSample(law, binsFor(count));
  const moments = new MomentsCheck(law);
  const serial = new Serial(law, columns);
  let words: WordChecks | undefined;
  for await (const slice of slices(chunks)) {
    if (slice instanceof Uint32Array) (words ??= new WordChecks(count)).add(slice);
    const values = realsOf(slice);
    const standardized = standardize(values, law);
    sample.add(values);
    moments.add(standardized);
    serial.add(standardized);
    onProgress(slice.length);
  }
  if (sample.n !== count) throw new Error(`${sample.n} elements came where ${count} were asked for`);
  const results = [
    support(sample),
    ...moments.results(),
    ks(sample),
    andersonDarling(sample),
    chiSquare(sample),
    ...tails(sample),
    ...serial.results(),
    ...(words?.results() ?? []),
  ];
  return { results, chartData: chartDataOf(sample) };
}

/** Runs the checks on two tensors of one law, which must have nothing to do with one another. */
export async function examinePair(
  law: RoundedLaw,
  one: SampleChunks,
  other: SampleChunks,
  onProgress: (elements: number) => void,
): Promise<Findings> {
  const cross = new Cross(law);
  const others = slices(other);
  for await (const slice of slices(one)) {
    const partner = await others.next();
    if (partner.done || partner.value.length !== slice.length)
      throw new Error('the two tensors came in different slices');
    cross.add(standardize(realsOf(slice), law), standardize(realsOf(partner.value), law));
    onProgress(2 * slice.length);
  }
  return { results: cross.results() };
}

/** The checks that only raw words can pass or fail. */
class WordChecks {
  private readonly balance = new BitBalance();
  private readonly serial = new BitSerial();
  private readonly collisions = new Collisions();
  private readonly spacings = new BirthdaySpacings();
  private readonly repeats: BlockRepeats;

  constructor(count: number) {
    this.repeats = new BlockRepeats(count);
  }

  add(words: Uint32Array): void {
    for (const check of [this.balance, this.serial, this.collisions, this.spacings, this.repeats])
      check.add(words);
  }

  results() {
    return [
      ...this.balance.results(),
      ...this.serial.results(),
      this.collisions.result(),
      this.spacings.result(),
      this.repeats.result(),
    ];
  }
}

async function* slices(chunks: SampleChunks): AsyncGenerator<SampleChunk, undefined> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += SLICE) yield chunk.subarray(at, at + SLICE);
  }
}

/** Words as numbers in [0, 1). */
function realsOf(chunk: SampleChunk): Reals {
  if (!(chunk instanceof Uint32Array)) return chunk;
  const values = new Float64Array(chunk.length);
  for (let i = 0; i < chunk.length; i++) values[i] = chunk[i] * 2 ** -32;
  return values;
}

function standardize(values: Reals, { mean, stddev }: RoundedLaw): Float64Array {
  const standardized = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) standardized[i] = (values[i] - mean) / stddev;
  return standardized;
}
