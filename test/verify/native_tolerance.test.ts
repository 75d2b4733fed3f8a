import { describe, expect, it } from 'vitest';
import { nativeAgrees } from '../../src/verify/native_tolerance';

describe('nativeAgrees', () => {
  const cut = { kind: 'truncated_normal', mean: 1, stddev: 0.5, lower: -2, upper: 2 } as const;

  it('allows a small share of the standard deviation', () => {
    const normal = { kind: 'normal', mean: 0, stddev: 0.5 } as const;
    expect(nativeAgrees(normal, 'float32', 0.1009, 0.1)).toBe(true);
    expect(nativeAgrees(normal, 'float32', 0.102, 0.1)).toBe(false);
    expect(nativeAgrees(normal, 'bfloat16', 1.0078125, 1)).toBe(true);
    expect(nativeAgrees(normal, 'float32', NaN, 0.1)).toBe(false);
  });

  it('allows another candidate only where one was at a bound', () => {
    expect(nativeAgrees(cut, 'float32', 1.9995, 0.3)).toBe(true);
    expect(nativeAgrees(cut, 'float32', 0.3, 0.0005)).toBe(true);
    expect(nativeAgrees(cut, 'float32', 1.5, 0.3)).toBe(false);
  });

  it('allows nothing where no function of the device is used', () => {
    expect(nativeAgrees({ kind: 'uniform', low: 0, high: 1 }, 'float32', 0.5, 0.5 + 2 ** -24)).toBe(false);
    expect(nativeAgrees({ kind: 'constant', value: 0 }, 'float32', -0, 0)).toBe(false);
  });
});
