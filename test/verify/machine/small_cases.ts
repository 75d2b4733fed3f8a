import { createHash } from 'node:crypto';
import { type Draw, type Dtype, Sampler } from '../../../src/index';
import { initializerOf, type MachineCase, optionsOf } from '../../../src/verify/machine/cases';

const reference = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

/** A case with the checksum that the reference gives. */
export async function checksummed(draw: Draw, dtype: Dtype, elements: number): Promise<MachineCase> {
  const one = { draw, dtype, shape: [elements], seed: '42', name: 'a/kernel' };
  return { ...one, sha256: sha256Of(await bytesOfCase(one)) };
}

export async function bytesOfCase(one: MachineCase): Promise<Uint8Array<ArrayBuffer>> {
  const data = await (await reference.fill(initializerOf(one), one.shape, optionsOf(one))).data();
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** One of each kind of check, small. */
export async function smallCases(elements = 4096): Promise<MachineCase[]> {
  return [
    await checksummed({ kind: 'bits' }, 'uint32', elements),
    await checksummed({ kind: 'normal', mean: 0, stddev: 1 }, 'float16', elements),
    await checksummed(
      { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -2, upper: 2 },
      'float32',
      elements,
    ),
    {
      draw: { kind: 'eye', rows: 64, columns: 64, value: 1 },
      dtype: 'bfloat16',
      shape: [64, 64],
      seed: '42',
    },
    {
      draw: { kind: 'orthogonal', rows: 48, columns: 48, gain: 1, offset: 0 },
      dtype: 'float32',
      shape: [48, 48],
      seed: '42',
    },
  ];
}
