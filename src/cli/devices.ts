import { type AdapterDescription, DeviceError, listAdapters } from '../index';
import { printable } from '../text/printable';
import { type CommandLine, parseArguments } from './arguments';
import { oneLine } from './faults';
import { writeStdout } from './streams';

export const DEVICES: CommandLine = { command: 'devices', positionals: [], values: [], flags: ['json'] };

/**
 * `tensorseed devices` lists the adapters that WebGPU offers here. That there is none is an answer,
 * too.
 */
export async function devices(words: readonly string[]): Promise<number> {
  const args = parseArguments(DEVICES, words);
  const { adapters, reason } = await find();
  if (args.flags.has('json'))
    await writeStdout(
      `${JSON.stringify(reason === undefined ? { adapters } : { adapters, reason }, null, 2)}\n`,
    );
  else if (reason !== undefined) await writeStdout(`no WebGPU adapter here: ${reason}\n`);
  else await writeStdout(adapters.map(adapterText).join('\n'));
  return 0;
}

async function find(): Promise<{ adapters: readonly AdapterDescription[]; reason?: string }> {
  try {
    const adapters = await listAdapters();
    if (adapters.length > 0) return { adapters };
    return {
      adapters,
      reason: 'the package webgpu is not installed, or there is no GPU with a driver that it accepts',
    };
  } catch (error) {
    if (error instanceof DeviceError) return { adapters: [], reason: oneLine(error) };
    throw error;
  }
}

function adapterText({ info, limits, features }: AdapterDescription): string {
  const { vendor, architecture, device, description, isFallbackAdapter } = info;
  const lines = [
    `${printable(description || device || 'adapter')}${isFallbackAdapter ? ' (fallback)' : ''}`,
    ...Object.entries({
      vendor,
      architecture,
      device,
      description,
      fallback: isFallbackAdapter ? 'yes' : 'no',
    }).map(([key, value]) => `  ${key.padEnd(13)} ${printable(String(value)) || '-'}`),
    `  features      ${features.join(', ') || 'none'}`,
    '  limits',
    ...Object.entries(limits).map(([key, value]) => `    ${key.padEnd(42)} ${value}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
