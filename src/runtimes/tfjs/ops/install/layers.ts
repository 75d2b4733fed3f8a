import * as tf from '@tensorflow/tfjs';
import { initializers, type Key } from '../../../../index';
import { webgpuBackend } from '../../backend';
import { fillNow } from '../../fill';
import { dropped } from '../dropout';
import { noiseWith } from '../elementwise';
import { keyOfSeed } from '../key';
import { alphaDropped } from './alpha_dropout';

type Kwargs = { readonly training?: boolean };

/** What the layers have that draw: tf.js does not declare it. */
interface Drawing {
  readonly rate: number;
  readonly stddev: number;
  readonly seed?: number;
  readonly noiseShape?: readonly (number | null)[];
  getNoiseShape(x: tf.Tensor): readonly (number | null)[] | undefined;
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor | tf.Tensor[];
  invokeCallHook(inputs: unknown, kwargs: unknown): void;
}

type Draw = (layer: Drawing, x: tf.Tensor, key: Key) => tf.Tensor;

const isRate = ({ rate }: Drawing): boolean => rate > 0 && rate < 1;

/** A layer of each kind, whose prototype has the kind's `call`; when it draws; and what it makes in training. */
const KINDS: readonly [example: () => object, draws: (layer: Drawing) => boolean, draw: Draw][] = [
  [
    () => tf.layers.dropout({ rate: 0, name: 'tensorseed' }), // SpatialDropout1D extends it.
    isRate,
    (layer, x, key) => dropped(x, layer.rate, layer.getNoiseShape(x), key),
  ],
  [
    () => tf.layers.gaussianDropout({ rate: 0, name: 'tensorseed' }),
    isRate,
    ({ rate }, x, key) => {
      const stddev = Math.sqrt(rate / (1 - rate));
      return x.mul(fillNow(initializers.randomNormal({ mean: 1, stddev }), x.shape, { seed: key }));
    },
  ],
  [
    () => tf.layers.gaussianNoise({ stddev: 0, name: 'tensorseed' }),
    () => true,
    ({ stddev }, x, key) => noiseWith(x, stddev, key),
  ],
  [
    () => tf.layers.alphaDropout({ rate: 0, name: 'tensorseed' }),
    isRate,
    ({ rate, noiseShape }, x, key) => alphaDropped(x, rate, noiseShape as number[] | undefined, key),
  ],
];

/**
 * Takes the place of what layers compute that draw.
 * @param root gives layers without a seed theirs
 * @returns what puts it back
 */
export function replaceLayers(root: Key): () => void {
  const nextKey = keysOfLayers(root.fold('layers'));
  const restore = KINDS.map(([example, draws, draw]) => {
    const prototype = Object.getPrototypeOf(example()) as Drawing;
    const own = Object.getOwnPropertyDescriptor(prototype, 'call')!;
    const call = own.value as Drawing['call'];
    const replaced: Drawing['call'] = function (this: Drawing, inputs, kwargs) {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const ours = kwargs?.training === true && draws(this) && x.dtype === 'float32';
      if (!ours || webgpuBackend() === undefined) return call.call(this, inputs, kwargs);
      return tf.tidy(() => {
        this.invokeCallHook(inputs, kwargs);
        return draw(this, x, nextKey(this));
      });
    };
    Object.defineProperty(prototype, 'call', { ...own, value: replaced });
    return () => Object.defineProperty(prototype, 'call', own);
  });
  return () => {
    for (const one of restore) one();
  };
}

/** The key of each call of a layer. */
function keysOfLayers(root: Key): (layer: Drawing) => Key {
  const states = new WeakMap<Drawing, { readonly key: Key; calls: number }>();
  let unseeded = 0;
  return (layer) => {
    let state = states.get(layer);
    if (state === undefined) {
      const { seed } = layer;
      const key = seed === undefined || seed === null ? root.fold(unseeded++) : keyOfSeed(seed);
      states.set(layer, (state = { key, calls: 0 }));
    }
    return state.key.fold(state.calls++);
  };
}
