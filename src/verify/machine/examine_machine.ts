import { isSoftwareAdapter, Sampler } from '../../sampler';
import { MACHINE_CASES, type MachineCase } from './cases';
import { type CaseResult, examine, type ExaminationOptions } from './examine';
import { openTimedGpu } from './open_gpu';
import { MOST_CHARACTERS } from './read_report';
import { type MachineReport, type ReportedAdapter, reportOf, type Subject } from './report';
import { sha256 } from './sha256';

export interface MachineOptions extends Pick<ExaminationOptions, 'signal' | 'onProgress'> {
  /** The GPU that WebGPU gives for high performance, or the fast CPU path. */
  readonly backend: 'gpu' | 'cpu';
  /** What the host knows about itself. */
  readonly host: Pick<Subject, 'version' | 'note' | 'runtime' | 'platform'>;
  /** Default: every draw in every dtype. */
  readonly cases?: readonly MachineCase[];
  /** Default: the host's own. */
  readonly hash?: ExaminationOptions['hash'];
  /** Called with what computes, in words, before it begins. */
  readonly onOpen?: (description: string) => void;
  readonly onResult?: (result: CaseResult) => void;
}

/**
 * Examines this machine on a device of its own, and reports what it found out.
 * @throws DeviceError (as a rejection) where there is no GPU, or it fails
 */
export async function examineMachine(options: MachineOptions): Promise<MachineReport> {
  const { backend, host, cases = MACHINE_CASES, hash = sha256, signal, onProgress } = options;
  const date = new Date().toISOString();
  const begun = performance.now();
  const opened = backend === 'gpu' ? await openTimedGpu() : undefined;
  const sampler = opened ? Sampler.on(opened.device) : await Sampler.create({ backend: 'cpu' });
  try {
    options.onOpen?.(sampler.description);
    const results: CaseResult[] = [];
    for await (const result of examine(sampler, { cases, hash, signal, onProgress })) {
      results.push(result);
      options.onResult?.(result);
    }
    const { version, note, runtime, platform } = host;
    const adapter = opened ? adapterOf(opened.info) : null;
    const description = short(sampler.description);
    const subject = { version, date, note, backend, description, adapter, runtime, platform };
    return reportOf(subject, results, (performance.now() - begun) / 1000);
  } finally {
    sampler.destroy();
    opened?.device.destroy();
  }
}

/** What an adapter says. Dawn has more to say than the standard where it may. */
export function adapterOf(info: GPUAdapterInfo): ReportedAdapter {
  const { driver, backend } = info as { driver?: unknown; backend?: unknown };
  const [vendor, architecture, device, description] = [
    info.vendor,
    info.architecture,
    info.device,
    info.description,
  ].map(short);
  const isNamed = [vendor, architecture, device, description].some((part) => part !== '');
  return {
    vendor,
    architecture,
    device,
    description,
    ...(typeof driver === 'string' && driver !== '' && { driver: short(driver) }),
    ...(typeof backend === 'string' && backend !== '' && { api: short(backend) }),
    software: isSoftwareAdapter(info) || (isNamed ? false : null),
  };
}

const short = (text: string): string => text.slice(0, MOST_CHARACTERS);
