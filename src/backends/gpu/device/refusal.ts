import { ArgumentError, DeviceError, show } from '../../../core/errors';

/**
 * The error to report for one that WebGPU threw, such as the RangeError of a buffer without memory or a
 * GPUPipelineError. Errors of ours are reported as they are.
 * @param what WebGPU was asked for
 */
export function refusal(what: string, error: unknown): Error {
  if (error instanceof ArgumentError || error instanceof DeviceError) return error;
  return new DeviceError(`WebGPU refused ${what}: ${firstLine(error)}`);
}

/** The first line of an error's message. Dawn adds the calls that led to it, one in each line. */
export function firstLine(error: unknown): string {
  const { message } = Object(error) as { message?: unknown };
  return (typeof message === 'string' && message.trim().split('\n')[0]) || show(error);
}
