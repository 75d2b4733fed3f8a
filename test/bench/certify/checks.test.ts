import { describe, expect, it } from 'vitest';
import { BinnedSample } from '../../../bench/certify/binned_sample';
import { andersonDarling } from '../../../bench/certify/checks/anderson_darling';
import { BirthdaySpacings } from '../../../bench/certify/checks/birthday_spacings';
import { BitBalance } from '../../../bench/certify/checks/bit_balance';
import { BitSerial } from '../../../bench/certify/checks/bit_serial';
import { BlockRepeats } from '../../../bench/certify/checks/block_repeats';
import { chiSquare } from '../../../bench/certify/checks/chi_square';
import { Collisions } from '../../../bench/certify/checks/collisions';
import { Cross } from '../../../bench/certify/checks/cross';
import { ks } from '../../../bench/certify/checks/ks';
import { MomentsCheck } from '../../../bench/certify/checks/moments';
import { Serial } from '../../../bench/certify/checks/serial';
import { support } from '../../../bench/certify/checks/support';
import { tails } from '../../../bench/certify/checks/tails';
import { roundedLaw } from '../../../bench/certify/rounded_law';
import { normalLaw } from '../../../src/statistics/laws/normal';
import { truncatedNormalLaw } from '../../../src/statistics/laws/truncated_normal';
import { uniformLaw } from '../../../src/statistics/laws/uniform';
import { TestRandom } from '../../support/random';

const UNIFORM = roundedLaw(uniformLaw(0, 1), 'real');
const NORMAL = roundedLaw(normalLaw(0, 1), 'real');

function uniforms(n: number): Float64Array {
  const random = new TestRandom();
  return Float64Array.from({ length: n }, () => (random.word() + 0.5) / 2 ** 32);
}

/** n values that divide the law evenly. */
function evenly(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (i + 0.5) / n);
}

function sampleOf(values: Float64Array, bins = 2 ** 18): BinnedSample {
  const binned = new BinnedSample(UNIFORM, bins);
  binned.add(values);
  return binned;
}

describe('checks on one binned sample', () => {
  const n = 20_000;
  const sample = uniforms(n);
  const sorted = sample.slice().sort();

  it('Kolmogorov-Smirnov is that of the sorted values', () => {
    let distance = 0;
    sorted.forEach((u, i) => (distance = Math.max(distance, (i + 1) / n - u, u - i / n)));
    expect(ks(sampleOf(sample)).statistic / Math.sqrt(n)).toBeCloseTo(distance, 4);
  });

  it('Anderson-Darling is that of the sorted values', () => {
    // A2 = -n - 1/n sum (2 i - 1) (ln u_i + ln (1 - u_(n + 1 - i))), Anderson and Darling (1954).
    let sum = 0;
    sorted.forEach((u, i) => (sum += (2 * i + 1) * (Math.log(u) + Math.log1p(-sorted[n - 1 - i]))));
    expect(andersonDarling(sampleOf(sample)).statistic).toBeCloseTo(-n - sum / n, 3);
  });

  it('chi-square has 1,000 bins, and is 0 and suspicious where all are even', () => {
    const even = chiSquare(sampleOf(evenly(100_000), 1000 * 64));
    expect(even.expected).toBe(999);
    expect(even.statistic).toBeCloseTo(0, 6);
    expect(even.passed).toBe(false);
    expect(chiSquare(sampleOf(sample)).passed).toBe(true);
  });

  it('tails are counted where they lie', () => {
    const binned = new BinnedSample(NORMAL, 2 ** 16);
    binned.add(Float64Array.of(-5.5, -3.5, -2.9, 0, 3, 4.2, 4.9));
    const counts = Object.fromEntries(tails(binned).map(({ name, statistic }) => [name, statistic]));
    expect(counts).toMatchObject({
      'beyond 3 stddev, below': 2,
      'beyond 3 stddev, above': 3,
      'beyond 3 stddev, both': 5,
      'beyond 4 stddev, below': 1,
      'beyond 4 stddev, above': 2,
      'beyond 5 stddev, both': 1,
    });
  });

  it('of 10^8 normals 269,980, 6,334 and 57 are expected beyond 3, 4 and 5', () => {
    const binned = new BinnedSample(NORMAL, 2 ** 16);
    binned.n = 1e8;
    const both = tails(binned).filter(({ name }) => name.endsWith('both'));
    expect(both.map(({ expected }) => Math.round(expected))).toEqual([269980, 6334, 57]);
    // None at all are far too few.
    expect(both.every(({ passed }) => !passed)).toBe(true);
  });

  it('each end has tails of its own kind', () => {
    const oneSided = new BinnedSample(roundedLaw(truncatedNormalLaw(0, 1, 0, Infinity), 'real'), 2 ** 16);
    oneSided.n = 1e6;
    const names = tails(oneSided).map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual(['last 1/64 of the range, below', 'beyond 3 stddev, above']);
    expect(names).toHaveLength(6);
    // P(X >= mean + 3 stddev) of a half normal: mpmath 1.3.0.
    expect(tails(oneSided)[1].expected / 1e6).toBeCloseTo(0.00915221, 5);
  });

  it.each([NaN, Infinity, -1e-9, 1.0001])('%f is outside', (value) => {
    expect(support(sampleOf(Float64Array.of(0, 0.5, value)))).toMatchObject({
      statistic: 1,
      passed: false,
    });
  });

  it('a shift of 0.1 fails all of them', () => {
    const shifted = sampleOf(sample.map((u) => Math.min(u + 0.1, 0.9999)));
    for (const result of [ks(shifted), andersonDarling(shifted), chiSquare(shifted)])
      expect(result.passed).toBe(false);
  });
});

describe('moments', () => {
  it('are in standard errors, from the law and not from the sample', () => {
    const moments = new MomentsCheck(NORMAL);
    moments.add(new Float64Array(10_000).fill(0.03));
    const [mean, variance] = moments.results();
    expect(mean.statistic).toBeCloseTo(3, 10);
    expect(variance.statistic).toBeCloseTo((0.0009 - 1) / Math.sqrt(2 / 10_000), 8);
    expect(mean.passed).toBe(true);
    expect(variance.passed).toBe(false);
  });

  it('a mean off by six standard errors fails, of any sample size', () => {
    for (const n of [100, 10_000, 1_000_000]) {
      const moments = new MomentsCheck(NORMAL);
      moments.add(new Float64Array(n).fill(6 / Math.sqrt(n)));
      expect(moments.results()[0].passed).toBe(false);
    }
  });
});

describe('correlations', () => {
  it('are those of the whole stream, whatever its pieces', () => {
    const values = uniforms(3000).map((u) => (u - 0.5) * Math.sqrt(12));
    const serial = new Serial(UNIFORM, 100);
    for (let at = 0, size = 1; at < values.length; at += size, size = ((size * 7) % 211) + 1)
      serial.add(values.subarray(at, at + size));
    const lags = [1, 2, 3, 4, 100];
    serial
      .results()
      .slice(0, 5)
      .forEach(({ statistic }, k) => {
        let sum = 0;
        for (let i = lags[k]; i < values.length; i++) sum += values[i] * values[i - lags[k]];
        expect(statistic).toBeCloseTo(sum / Math.sqrt(values.length - lags[k]), 9);
      });
  });

  it('of two tensors see one that is the other, shifted', () => {
    const values = uniforms(5000).map((u) => (u - 0.5) * Math.sqrt(12));
    const cross = new Cross(UNIFORM);
    cross.add(values.subarray(4, 1000), values.subarray(0, 996));
    cross.add(values.subarray(1000), values.subarray(996, 4996));
    const failed = cross
      .results()
      .filter(({ passed }) => !passed)
      .map(({ name }) => name);
    expect(failed).toEqual(['cross-correlation, shift -4', 'cross-correlation of squares, shift -4']);
  });
});

describe('checks on words', () => {
  const random = new TestRandom();
  const words = Uint32Array.from({ length: 2 ** 18 }, () => random.word());

  it('collisions are words that came before in their batch', () => {
    const check = new Collisions(4);
    check.add(Uint32Array.of(7, 7, 7, 1, 7, 2));
    check.add(Uint32Array.of(2, 3, 3));
    expect(check.result().statistic).toBe(2 + 1 + 0);
  });

  it('expects b^2 / 2^33 collisions, less those that meet', () => {
    const check = new Collisions(2 ** 18);
    check.add(words);
    // b - m (1 - (1 - 1/m)^b) with b = 2^18 and m = 2^32, by Python's decimal with 80 digits.
    expect(check.result().expected).toBeCloseTo(7.9998067263512885, 8);
  });

  it('finds a block that came before', () => {
    const check = new BlockRepeats(40);
    check.add(words.subarray(0, 20));
    check.add(words.subarray(4, 24));
    expect(check.result()).toMatchObject({ statistic: 4, passed: false });
  });

  it('counts spacings that come again', () => {
    const check = new BirthdaySpacings();
    check.add(Uint32Array.from({ length: 32768 }, (_, i) => i * 1000));
    expect(check.result()).toMatchObject({ expected: 32, passed: false });
    const sound = new BirthdaySpacings();
    sound.add(words);
    expect(sound.result().passed).toBe(true);
  });

  it('names the bit that is out of balance', () => {
    const check = new BitBalance();
    check.add(words.map((word, i) => (i % 20 === 0 ? word | (1 << 13) : word)));
    const [worst] = check.results();
    expect(worst.passed).toBe(false);
    expect(worst.detail).toContain('bit 13');
  });

  it('sees words that share bits with the one before, whatever the pieces', () => {
    const linked = words.map((word, i) => (i % 2 === 1 ? (word & ~0xff) | (words[i - 1] & 0xff) : word));
    const whole = new BitSerial();
    whole.add(linked);
    const pieces = new BitSerial();
    for (let at = 0, size = 1; at < linked.length; at += size, size = ((size * 5) % 97) + 1)
      pieces.add(linked.subarray(at, at + size));
    expect(pieces.results()).toEqual(whole.results());
    expect(whole.results().map(({ passed }) => passed)).toEqual([false, true, true, true]);
  });
});
