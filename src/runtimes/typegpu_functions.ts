/**
 * The random functions of `tensorseed/shaders` as functions of TypeGPU, for kernels of one's own. An element has the
 * value that `Sampler.fill` gives it. Keys and 64-bit indices are vec2u, the low word first: a key has
 * `Key.from(seed).lo` and `.hi`.
 *
 * @module
 */
import tgpu, { type TgpuFn } from 'typegpu';
import * as d from 'typegpu/data';
import { functions } from 'virtual:shader-library';

/** The text of all functions. TypeGPU puts it into a shader once, where one that uses it is called. */
const library = tgpu['~unstable'].declare(functions);

/** What TypeGPU finds the declaration by. It has no value. */
const MENTION = '/* library */';

/**
 * The key of an integer below a key, such as that of a step: `Key.fold(n)`.
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { foldAt } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([foldAt]).includes('fn foldAt(')); // true
 * ```
 */
export const foldAt: TgpuFn<(key: d.Vec2u, n: d.Vec2u) => d.Vec2u> = tgpu
  .fn(
    [d.vec2u, d.vec2u],
    d.vec2u,
  )(`(key: vec2u, n: vec2u) -> vec2u { ${MENTION} return tensorseed_fold_at(key, n); }`)
  .$uses({ library })
  .$name('foldAt');

/**
 * The block that holds an element. Its lane there is `element.x & 3`.
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { blockOf } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([blockOf]).includes('fn blockOf(')); // true
 * ```
 */
export const blockOf: TgpuFn<(element: d.Vec2u) => d.Vec2u> = tgpu
  .fn(
    [d.vec2u],
    d.vec2u,
  )(`(element: vec2u) -> vec2u { ${MENTION} return tensorseed_block_of(element); }`)
  .$uses({ library })
  .$name('blockOf');

/**
 * The random word of an element.
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { bitsAt } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([bitsAt]).includes('fn bitsAt(')); // true
 * ```
 */
export const bitsAt: TgpuFn<(key: d.Vec2u, element: d.Vec2u) => d.U32> = tgpu
  .fn(
    [d.vec2u, d.vec2u],
    d.u32,
  )(`(key: vec2u, element: vec2u) -> u32 { ${MENTION} return tensorseed_bits_at(key, element); }`)
  .$uses({ library })
  .$name('bitsAt');

/**
 * The random words of the four elements of a block.
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { bitsBlock } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([bitsBlock]).includes('fn bitsBlock(')); // true
 * ```
 */
export const bitsBlock: TgpuFn<(key: d.Vec2u, block: d.Vec2u) => d.Vec4u> = tgpu
  .fn(
    [d.vec2u, d.vec2u],
    d.vec4u,
  )(`(key: vec2u, block: vec2u) -> vec4u { ${MENTION} return tensorseed_bits_block(key, block); }`)
  .$uses({ library })
  .$name('bitsBlock');

/**
 * Whether an event of the probability `threshold` / 2^32 takes place.
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { bernoulliAt } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([bernoulliAt]).includes('fn bernoulliAt(')); // true
 * ```
 */
export const bernoulliAt: TgpuFn<(key: d.Vec2u, element: d.Vec2u, threshold: d.U32) => d.Bool> = tgpu
  .fn(
    [d.vec2u, d.vec2u, d.u32],
    d.bool,
  )(
    `(key: vec2u, element: vec2u, threshold: u32) -> bool {
      ${MENTION} return tensorseed_bernoulli_at(key, element, threshold); }`,
  )
  .$uses({ library })
  .$name('bernoulliAt');

/**
 * The uniform value of an element, in [0, 1).
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { uniformAt } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([uniformAt]).includes('fn uniformAt(')); // true
 * ```
 */
export const uniformAt: TgpuFn<(key: d.Vec2u, element: d.Vec2u) => d.F32> = tgpu
  .fn(
    [d.vec2u, d.vec2u],
    d.f32,
  )(`(key: vec2u, element: vec2u) -> f32 { ${MENTION} return tensorseed_uniform_at(key, element); }`)
  .$uses({ library })
  .$name('uniformAt');

/**
 * The uniform values of the four elements of a block, in [0, 1).
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { uniformBlock } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([uniformBlock]).includes('fn uniformBlock(')); // true
 * ```
 */
export const uniformBlock: TgpuFn<(key: d.Vec2u, block: d.Vec2u) => d.Vec4f> = tgpu
  .fn(
    [d.vec2u, d.vec2u],
    d.vec4f,
  )(`(key: vec2u, block: vec2u) -> vec4f { ${MENTION} return tensorseed_uniform_block(key, block); }`)
  .$uses({ library })
  .$name('uniformBlock');

/**
 * The normal value of an element, of mean 0 and standard deviation 1.
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { normalAt } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([normalAt]).includes('fn normalAt(')); // true
 * ```
 */
export const normalAt: TgpuFn<(key: d.Vec2u, element: d.Vec2u) => d.F32> = tgpu
  .fn(
    [d.vec2u, d.vec2u],
    d.f32,
  )(`(key: vec2u, element: vec2u) -> f32 { ${MENTION} return tensorseed_normal_at(key, element); }`)
  .$uses({ library })
  .$name('normalAt');

/**
 * The normal values of the four elements of a block, of mean 0 and standard deviation 1.
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { normalBlock } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([normalBlock]).includes('fn normalBlock(')); // true
 * ```
 */
export const normalBlock: TgpuFn<(key: d.Vec2u, block: d.Vec2u) => d.Vec4f> = tgpu
  .fn(
    [d.vec2u, d.vec2u],
    d.vec4f,
  )(`(key: vec2u, block: vec2u) -> vec4f { ${MENTION} return tensorseed_normal_block(key, block); }`)
  .$uses({ library })
  .$name('normalBlock');

/**
 * The normal value of an element, drawn again until it lies between -2 and 2.
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { truncatedNormalAt } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([truncatedNormalAt]).includes('fn truncatedNormalAt(')); // true
 * ```
 */
export const truncatedNormalAt: TgpuFn<(key: d.Vec2u, element: d.Vec2u) => d.F32> = tgpu
  .fn(
    [d.vec2u, d.vec2u],
    d.f32,
  )(`(key: vec2u, element: vec2u) -> f32 { ${MENTION} return tensorseed_truncated_normal_at(key, element); }`)
  .$uses({ library })
  .$name('truncatedNormalAt');

/**
 * An integer in [low, low + span), each with the same probability. A span of 0 stands for 2^32.
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { randintAt } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([randintAt]).includes('fn randintAt(')); // true
 * ```
 */
export const randintAt: TgpuFn<(key: d.Vec2u, element: d.Vec2u, low: d.I32, span: d.U32) => d.I32> = tgpu
  .fn(
    [d.vec2u, d.vec2u, d.i32, d.u32],
    d.i32,
  )(
    `(key: vec2u, element: vec2u, low: i32, span: u32) -> i32 {
      ${MENTION} return tensorseed_randint_at(key, element, low, span); }`,
  )
  .$uses({ library })
  .$name('randintAt');

/**
 * Dropout of an element: 0 with the probability `threshold` / 2^32, else x times `scale`, rounded once.
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { dropoutAt } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([dropoutAt]).includes('fn dropoutAt(')); // true
 * ```
 */
export const dropoutAt: TgpuFn<
  (key: d.Vec2u, element: d.Vec2u, threshold: d.U32, scale: d.F32, x: d.F32) => d.F32
> = tgpu
  .fn(
    [d.vec2u, d.vec2u, d.u32, d.f32, d.f32],
    d.f32,
  )(
    `(key: vec2u, element: vec2u, threshold: u32, scale: f32, x: f32) -> f32 {
      ${MENTION} return tensorseed_dropout_at(key, element, threshold, scale, x); }`,
  )
  .$uses({ library })
  .$name('dropoutAt');

/**
 * Dropout of the four elements of a block, as {@link dropoutAt} has it.
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { dropoutBlock } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([dropoutBlock]).includes('fn dropoutBlock(')); // true
 * ```
 */
export const dropoutBlock: TgpuFn<
  (key: d.Vec2u, block: d.Vec2u, threshold: d.U32, scale: d.F32, x: d.Vec4f) => d.Vec4f
> = tgpu
  .fn(
    [d.vec2u, d.vec2u, d.u32, d.f32, d.vec4f],
    d.vec4f,
  )(
    `(key: vec2u, block: vec2u, threshold: u32, scale: f32, x: vec4f) -> vec4f {
      ${MENTION} return tensorseed_dropout_block(key, block, threshold, scale, x); }`,
  )
  .$uses({ library })
  .$name('dropoutBlock');

/**
 * x plus a normal value of the element, of mean 0 and the standard deviation `stddev` in [0, 2^125].
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { addNoiseAt } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([addNoiseAt]).includes('fn addNoiseAt(')); // true
 * ```
 */
export const addNoiseAt: TgpuFn<(key: d.Vec2u, element: d.Vec2u, stddev: d.F32, x: d.F32) => d.F32> = tgpu
  .fn(
    [d.vec2u, d.vec2u, d.f32, d.f32],
    d.f32,
  )(
    `(key: vec2u, element: vec2u, stddev: f32, x: f32) -> f32 {
      ${MENTION} return tensorseed_add_noise_at(key, element, stddev, x); }`,
  )
  .$uses({ library })
  .$name('addNoiseAt');

/**
 * x plus the normal values of the four elements of a block, as {@link addNoiseAt} has it.
 *
 * @example
 * ```ts
 * import tgpu from 'typegpu';
 * import { addNoiseBlock } from 'tensorseed/typegpu-functions';
 *
 * console.log(tgpu.resolve([addNoiseBlock]).includes('fn addNoiseBlock(')); // true
 * ```
 */
export const addNoiseBlock: TgpuFn<(key: d.Vec2u, block: d.Vec2u, stddev: d.F32, x: d.Vec4f) => d.Vec4f> =
  tgpu
    .fn(
      [d.vec2u, d.vec2u, d.f32, d.vec4f],
      d.vec4f,
    )(
      `(key: vec2u, block: vec2u, stddev: f32, x: vec4f) -> vec4f {
      ${MENTION} return tensorseed_add_noise_block(key, block, stddev, x); }`,
    )
    .$uses({ library })
    .$name('addNoiseBlock');
