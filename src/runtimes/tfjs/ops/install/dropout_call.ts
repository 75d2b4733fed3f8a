import * as tf from '@tensorflow/tfjs';
import { initializers } from '../../../../index';
import { webgpuBackend } from '../../backend';
import { fillNow } from '../../fill';
import { masked } from '../dropout';
import { keyOfSeed } from '../key';

type RunKernel = ReturnType<typeof tf.engine>['runKernel'];

/** The kernels of tf.dropout behind the draw: x * (floor(draw + (1 - rate)) / (1 - rate)). */
const STEPS = ['Add', 'Floor', 'RealDiv', 'Multiply'] as const;

/**
 * One call of tf.dropout. Its draw becomes a tensor that stands for it and holds nothing, and its last kernel becomes
 * ours. Where a kernel gets that tensor that is not the next of these, as another version of tf.js might have it, the
 * tensor is filled with uniform numbers after all, and tf.js computes on.
 */
export class DropoutCall {
  private drawing: PropertyDescriptorMap | undefined;
  /** Stands for the draw. */
  private drawn: tf.Tensor | undefined;
  /** The first number that tf.js's generator makes of the seed, in [0, 1). */
  private readonly first = new Float64Array(1);
  private step = 0;
  private rate = 0;

  constructor(private readonly run: RunKernel) {}

  /** tf.randomUniform begins. It sets all values of a TensorBuffer; this lets it set one. */
  beginDrawing(): void {
    if (this.drawing !== undefined || this.drawn !== undefined) return;
    const { prototype } = tf.TensorBuffer;
    const { toTensor } = Object.getOwnPropertyDescriptors(prototype);
    this.drawing = { toTensor };
    const call = this;
    Object.defineProperties(prototype, {
      values: { configurable: true, get: () => call.first, set: () => {} },
      toTensor: {
        ...toTensor,
        value(this: tf.TensorBuffer<tf.Rank>) {
          return call.standIn(this.shape);
        },
      },
    });
  }

  /** tf.randomUniform ends, or any other function. */
  endDrawing(): void {
    if (this.drawing === undefined) return;
    const { prototype } = tf.TensorBuffer;
    Reflect.deleteProperty(prototype, 'values');
    Object.defineProperties(prototype, this.drawing);
    this.drawing = undefined;
  }

  private standIn(shape: number[]): tf.Tensor {
    const backend = webgpuBackend()!;
    this.drawn = tf.engine().makeTensorFromTensorInfo(backend.makeTensorInfo([...shape], 'float32'), backend);
    return this.drawn;
  }

  /** Runs a kernel of tf.js, or what takes its place. */
  runKernel: RunKernel = ((name, inputs, attributes) => {
    const { drawn } = this;
    if (drawn === undefined || !Object.values(inputs).includes(drawn))
      return this.run(name, inputs, attributes);
    const { a, b } = inputs as { a: tf.Tensor; b: tf.Tensor };
    if (name === STEPS[this.step] && (this.step > 0 || b.size === 1)) {
      if (this.step === 0) this.rate = rateOf(b.dataSync()[0]);
      if (name !== 'Multiply') {
        this.step++;
        return drawn;
      }
      this.drawn = undefined;
      return masked(a, this.rate, drawn.shape, keyOfSeed(this.first[0]));
    }
    this.fill(drawn);
    return this.run(name, inputs, attributes);
  }) as RunKernel;

  /** Gives the tensor the numbers that it stands for, after as many steps as it went through. */
  private fill(drawn: tf.Tensor): void {
    this.drawn = undefined;
    const { tensorMap } = webgpuBackend()!;
    const { step } = this;
    const keep = 1 - this.rate;
    const values = tf.tidy(() => {
      const seed = keyOfSeed(this.first[0]);
      let after = fillNow(initializers.randomUniform({ minval: 0, maxval: 1 }), drawn.shape, { seed });
      if (step > 0) after = after.add(keep);
      if (step > 1) after = after.floor();
      return step > 2 ? after.div(keep) : after;
    });
    const its = tensorMap.get(values.dataId);
    tensorMap.get(drawn.dataId).resource = its.resource;
    its.resource = undefined as never;
    values.dispose();
  }
}

/** The rate of which tf.js has kept 1 - rate as a float32: the shortest one. */
function rateOf(keep: number): number {
  const short = Number((1 - keep).toPrecision(7));
  return Math.fround(1 - short) === keep ? short : 1 - keep;
}
