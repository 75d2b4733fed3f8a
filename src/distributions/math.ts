/**
 * How normal values are computed.
 *
 * With 'exact' they are computed in integers, with the same bits on every device. With 'native' they are
 * computed with the device's own log, sqrt, sin and cos, which is faster, but the bits depend on the device.
 *
 * @example
 * ```ts
 * import { type MathMode, Sampler } from 'tensorseed';
 *
 * const math: MathMode = 'native';
 * const sampler = await Sampler.create();
 * const noise = await sampler.fill('random_normal', [1000], { seed: 42, math });
 * console.log(noise.byteLength); // 4000
 * sampler.destroy();
 * ```
 */
export type MathMode = 'exact' | 'native';

/** Every mode. */
export const MATHS: readonly MathMode[] = ['exact', 'native'];
