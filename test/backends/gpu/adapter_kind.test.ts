import { expect, it } from 'vitest';
import { isFasterThan } from '../../../src/backends/choose';

function adapter(
  [vendor, architecture, device, description]: readonly [string, string, string, string],
  isFallbackAdapter: boolean,
): GPUAdapterInfo {
  return { vendor, architecture, device, description, isFallbackAdapter } as unknown as GPUAdapterInfo;
}

// As `tensorseed devices --json` prints them, with Dawn on each driver.
const LAVAPIPE = [
  'mesa',
  'software',
  'llvmpipe-llvm-15-0-6-256-bits-',
  'llvmpipe: Mesa 25.0.7-2~bpo12+1 (LLVM 15.0.6) 0.0.1',
] as const;
const SWIFTSHADER = [
  'google',
  'swiftshader',
  'swiftshader-device-subzero-',
  'SwiftShader driver 5.0.0',
] as const;

it('auto leaves drivers that compute on the CPU for the fast CPU path, flagged or not', () => {
  for (const flagged of [true, false]) {
    expect(isFasterThan('fast', adapter(LAVAPIPE, flagged))).toBe(false);
    expect(isFasterThan('fast', adapter(SWIFTSHADER, flagged))).toBe(false);
  }
  expect(
    isFasterThan('fast', adapter(['microsoft', '', '0x8c', 'Microsoft Basic Render Driver'], false)),
  ).toBe(false);
  expect(isFasterThan('fast', adapter(['acme', '', '', 'unheard of'], true))).toBe(false);
});

it('beside the reference it takes both', () => {
  expect(isFasterThan('reference', adapter(LAVAPIPE, true))).toBe(true);
  expect(isFasterThan('reference', adapter(SWIFTSHADER, true))).toBe(true);
});

it('takes every GPU', () => {
  for (const info of [
    ['nvidia', 'hopper', '0x2330', 'NVIDIA H100 80GB HBM3'],
    ['apple', 'metal-3', '', ''],
    ['', '', '', ''],
  ] as const) {
    expect(isFasterThan('fast', adapter(info, false))).toBe(true);
  }
});
