import { type CheckResult, judged } from '../check';
import { poissonTails } from '../special/tails';
import { twoSided } from '../special/two_tails';

const BIRTHDAYS = 4096;
const YEARS = 8;

/**
 * Marsaglia's birthday spacings: 4,096 words as birthdays in a year of 2^32 days; the number of
 * spacings between them, in order, that come again is Poisson with mean 4096^3 / 2^34 = 4.
 * 8 years, the first 32,768 words: as many as the approximation carries, 8 * 8 * 4 <= 2^(32 / 4)
 * (L'Ecuyer and Simard 2001, "On the performance of birthday spacings tests", and their TestU01).
 */
export class BirthdaySpacings {
  private readonly words = new Uint32Array(BIRTHDAYS * YEARS);
  private filled = 0;

  add(words: Uint32Array): void {
    const part = words.subarray(0, this.words.length - this.filled);
    this.words.set(part, this.filled);
    this.filled += part.length;
  }

  result(): CheckResult {
    const years = Math.floor(this.filled / BIRTHDAYS);
    let repeats = 0;
    for (let year = 0; year < years; year++) {
      const days = this.words.subarray(year * BIRTHDAYS, (year + 1) * BIRTHDAYS).sort();
      const spacings = days
        .subarray(1)
        .map((day, i) => day - days[i])
        .sort();
      for (let i = 1; i < spacings.length; i++) if (spacings[i] === spacings[i - 1]) repeats++;
    }
    const expected = (years * BIRTHDAYS ** 3) / 2 ** 34;
    return judged(
      'birthday spacings',
      repeats,
      expected,
      twoSided(poissonTails(repeats, expected)),
      `repeated spacings in ${years} years`,
    );
  }
}
