import { andersonDarling } from './checks/anderson_darling';
import { BirthdaySpacings } from './checks/birthday_spacings';
import { BitBalance } from './checks/bit_balance';
import { BitSerial } from './checks/bit_serial';
import { BlockRepeats } from './checks/block_repeats';
import { chiSquare } from './checks/chi_square';
import { Collisions } from './checks/collisions';
import { Cross } from './checks/cross';
import { ks } from './checks/ks';
import { Moments } from './checks/moments';
import { Serial } from './checks/serial';
import { support } from './checks/support';
import { END_TAILS, NORMAL_TAILS, tails } from './checks/tails';
import { binsFor, Histogram } from './histogram';
import type { Law } from './law';
import { pictureOf } from './picture';
import type { Chunk, Chunks, Findings } from './subject';

/** Elements that go through all checks while they are still in the processor's cache; whole Philox blocks. */
const PIECE = 2 ** 14;

type Reals = Float32Array | Float64Array;

/** Runs all checks over one stream of rows * columns elements; those for raw words too, where it is one of words. */
export async function examineStream(
  law: Law,
  [rows, columns]: readonly [number, number],
  chunks: Chunks,
  onProgress: (elements: number) => void,
): Promise<Findings> {
  const count = rows * columns;
  const histogram = new Histogram(law, binsFor(count));
  const moments = new Moments(law);
  const serial = new Serial(law, columns);
  let words: WordChecks | undefined;
  for await (const piece of pieces(chunks)) {
    if (piece instanceof Uint32Array) (words ??= new WordChecks(count)).add(piece);
    const values = realsOf(piece);
    const standardized = standardize(values, law);
    histogram.add(values);
    moments.add(standardized);
    serial.add(standardized);
    onProgress(piece.length);
  }
  if (histogram.n !== count) throw new Error(`${histogram.n} elements came where ${count} were asked for`);
  const results = [
    support(histogram),
    ...moments.results(),
    ks(histogram),
    andersonDarling(histogram),
    chiSquare(histogram),
    ...tails(histogram, law.density.open === 'none' ? NORMAL_TAILS : END_TAILS),
    ...serial.results(),
    ...(words?.results() ?? []),
  ];
  return { results, picture: pictureOf(histogram) };
}

/** Runs the checks on two tensors of one law, which must have nothing to do with one another. */
export async function examinePair(
  law: Law,
  one: Chunks,
  other: Chunks,
  onProgress: (elements: number) => void,
): Promise<Findings> {
  const cross = new Cross(law);
  const others = pieces(other);
  for await (const piece of pieces(one)) {
    const partner = await others.next();
    if (partner.done || partner.value.length !== piece.length)
      throw new Error('the two tensors came in different pieces');
    cross.add(standardize(realsOf(piece), law), standardize(realsOf(partner.value), law));
    onProgress(2 * piece.length);
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

async function* pieces(chunks: Chunks): AsyncGenerator<Chunk, undefined> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE);
  }
}

/** Words as numbers in [0, 1). */
function realsOf(chunk: Chunk): Reals {
  if (!(chunk instanceof Uint32Array)) return chunk;
  const values = new Float64Array(chunk.length);
  for (let i = 0; i < chunk.length; i++) values[i] = chunk[i] * 2 ** -32;
  return values;
}

function standardize(values: Reals, { mean, stddev }: Law): Float64Array {
  const standardized = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) standardized[i] = (values[i] - mean) / stddev;
  return standardized;
}
