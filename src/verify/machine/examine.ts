import { throwIfAborted } from '../../core/abort';
import type { Mismatch } from '../comparison';
import { bytesOf, isBounded, type MachineCase } from './cases';
import { type Clock, type Examined, type Fill, type Fills, openFills } from './fills';
import { firstDifference } from './first_difference';
import type { Hash } from './sha256';
import { ConstantFill, type Times, timeFills } from './time_fills';

/** What an examination found out about one case. */
export interface CaseResult {
  readonly of: MachineCase;
  readonly right: boolean;
  /** The SHA-256 of the bytes, where the contract has one. */
  readonly sha256: string | undefined;
  /** Where the bytes are wrong, the first element that differs from the CPU reference. */
  readonly firstWrong: Mismatch | undefined;
  /** Undefined where a comparison with a constant fill would say nothing. */
  readonly times: Times | undefined;
}

export interface ExaminationOptions {
  readonly cases: readonly MachineCase[];
  readonly hash: Hash;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** Called now and then with the share of the work that is done, in [0, 1], and what is computed next. */
  readonly onProgress?: (share: number, next: MachineCase) => void;
}

/** At most so many reports of progress come from a case. */
const STEPS = 5;

/**
 * Computes each case with a sampler, times it beside a constant fill of as many bytes, and says whether its bytes
 * are right. They are hashed while the next case begins.
 * @throws DeviceError where the device is lost, or has not enough memory
 */
export async function* examine(
  sampler: Examined,
  { cases, hash, clock = () => performance.now(), signal, onProgress }: ExaminationOptions,
): AsyncGenerator<CaseResult> {
  const fills = await openFills(sampler, Math.max(...cases.map(bytesOf)), clock);
  const constants = new Constants(fills);
  let judged: Promise<CaseResult> | undefined;
  try {
    for (const [i, one] of cases.entries()) {
      let steps = 0;
      const report = (): void => {
        throwIfAborted(signal);
        onProgress?.((i + steps++ / STEPS) / cases.length, one);
      };
      report();
      const fill = await fills.prepare(one);
      try {
        const constant = isBounded(one) ? undefined : await constants.of(fill);
        const first = await fill.run(1); // It allocates and compiles, too.
        if (judged !== undefined) yield await judged;
        report();
        const times = constant && (await timeFills(fill, first, constant, report));
        judged = judge(one, await fill.read(), times, hash, signal);
        judged.catch(() => undefined); // Where the examination ends early, nobody waits for it.
      } finally {
        fill.destroy();
      }
    }
    if (judged !== undefined) yield await judged;
  } finally {
    constants.destroy();
    fills.destroy();
  }
}

async function judge(
  of: MachineCase,
  bytes: Uint8Array<ArrayBuffer>,
  times: Times | undefined,
  hash: Hash,
  signal: AbortSignal | undefined,
): Promise<CaseResult> {
  const sha256 = of.sha256 === undefined ? undefined : await hash(bytes);
  if (sha256 !== undefined && sha256 === of.sha256)
    return { of, right: true, sha256, firstWrong: undefined, times };
  const firstWrong = await firstDifference(of, bytes, signal);
  return { of, right: sha256 === undefined && firstWrong === undefined, sha256, firstWrong, times };
}

/** Constant fills, one for each number of bytes. */
class Constants {
  private readonly made = new Map<number, ConstantFill>();

  constructor(private readonly fills: Fills) {}

  /** A constant fill of as many bytes as another one, a multiple of 4. */
  async of({ bytes }: Fill): Promise<ConstantFill> {
    const known = this.made.get(bytes);
    if (known !== undefined) return known;
    const draw = { kind: 'constant', value: 1 } as const;
    const fill = await this.fills.prepare({ draw, dtype: 'float32', shape: [bytes / 4], seed: '0' });
    const measured = await ConstantFill.measured(fill);
    this.made.set(bytes, measured);
    return measured;
  }

  destroy(): void {
    for (const constant of this.made.values()) constant.destroy();
  }
}
