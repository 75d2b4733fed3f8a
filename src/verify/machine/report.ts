import type { Draw } from '../../distributions/draw';
import { bytesOf, isBounded } from './cases';
import type { CaseResult } from './examine';
import type { Timing } from './fills';

/** Names the members of a report. Another number means other members. */
export const FORMAT = 'tensorseed verify 1';

/** What a run of the contract on a machine found out, as JSON has it. */
export interface MachineReport extends Subject {
  readonly format: typeof FORMAT;
  /** Whether all results are right. */
  readonly right: boolean;
  /** What the times of the results were taken with. */
  readonly clock: 'timestamp queries' | 'wall clock';
  /** How long all of it took. */
  readonly seconds: number;
  readonly results: readonly ReportedResult[];
}

/** Who was examined, when, and by what. */
export interface Subject {
  /** The version of tensorseed. */
  readonly version: string;
  /** In UTC, as ISO 8601 has it. */
  readonly date: string;
  /** What whoever ran it says about the machine. */
  readonly note?: string;
  readonly backend: 'gpu' | 'cpu';
  /** What computed, in words. */
  readonly description: string;
  /** What the adapter says that it is; null on the CPU. */
  readonly adapter: ReportedAdapter | null;
  /** The browser, or the runtime with its WebGPU where that is a package. */
  readonly runtime: { readonly name: string; readonly version: string; readonly webgpu?: string };
  /** The operating system and the processor, as far as the host says. */
  readonly platform: { readonly system: string; readonly architecture: string };
}

export interface ReportedAdapter {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** Only some implementations name them. */
  readonly driver?: string;
  readonly api?: string;
  /** Whether it computes on the CPU; null where it does not say what it is. */
  readonly software: boolean | null;
}

export interface ReportedResult extends Speed {
  readonly draw: Draw;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Decimal. */
  readonly seed: string;
  readonly name?: string;
  /**
   * What decided: the checksum of the contract, or a comparison of every element with the CPU reference, bit for
   * bit or within the bound of STREAM.md.
   */
  readonly check: 'checksum' | 'bits' | 'bound';
  readonly right: boolean;
  /** The checksum of what was computed. */
  readonly sha256?: string;
  /** The first element that differs from the CPU reference, with its value and the right one. */
  readonly firstWrong?: { readonly element: number; readonly got: string; readonly want: string };
}

/** How fast a fill was. Orthogonal matrices are not timed. */
export interface Speed {
  /** Of one fill. */
  readonly seconds?: number;
  /** 10^9 bytes written in a second. */
  readonly gigabytesPerSecond?: number;
  /** The speed of a constant fill of as many bytes is 1. */
  readonly shareOfConstantFill?: number;
}

/** @param seconds how long the examination took */
export function reportOf(subject: Subject, results: readonly CaseResult[], seconds: number): MachineReport {
  const times = results.flatMap((result) => result.times ?? []);
  const timestamps =
    times.length > 0 && times.every(({ fill, constant }) => isUsable(fill) && isUsable(constant));
  return {
    format: FORMAT,
    ...subject,
    right: results.every(({ right }) => right),
    clock: timestamps ? 'timestamp queries' : 'wall clock',
    seconds: rounded(seconds),
    results: results.map((result) => reported(result, timestamps)),
  };
}

const isUsable = ({ gpu }: Timing): boolean => gpu !== undefined && gpu > 0;

/** @param timestamps whether the times are those of timestamp queries */
function reported(result: CaseResult, timestamps: boolean): ReportedResult {
  const { of, right, sha256, firstWrong } = result;
  const { draw, dtype, shape, seed, name } = of;
  return {
    draw,
    dtype,
    shape,
    seed,
    ...(name !== undefined && { name }),
    check: sha256 !== undefined ? 'checksum' : isBounded(of) ? 'bound' : 'bits',
    right,
    ...(sha256 !== undefined && { sha256 }),
    ...(firstWrong !== undefined && { firstWrong }),
    ...speedOf(result, timestamps),
  };
}

function speedOf({ of, times }: CaseResult, timestamps: boolean): Speed {
  if (times === undefined) return {};
  const [fill, constant] = [times.fill, times.constant].map(({ wall, gpu }) =>
    timestamps && gpu !== undefined ? gpu : wall,
  );
  if (!(fill > 0)) return {}; // The clock is too coarse.
  return {
    seconds: rounded(fill),
    gigabytesPerSecond: rounded(bytesOf(of) / fill / 1e9),
    shareOfConstantFill: rounded(constant / fill),
  };
}

/** Four digits. */
const rounded = (value: number): number => Number(value.toPrecision(4));
