import { type NamedShape, repeat, weight, withBias } from './shapes';

/** The number of blocks and the inner width of each stage. */
const STAGES = [
  [3, 64],
  [4, 128],
  [6, 256],
  [3, 512],
] as const;
/** How many times as wide as its inner width the outputs of a block are. */
const EXPANSION = 4;
const CLASSES = 1000;

/**
 * ResNet-50 with the names and shapes of torchvision's resnet50. The running means and variances of batch
 * norm are included; its counters num_batches_tracked, int64, are not. Kernels are
 * [outputs, inputs, height, width].
 */
export function resnet50(): NamedShape[] {
  let inputs = 64;
  return [
    weight('conv1', inputs, 3, 7, 7),
    ...batchNorm('bn1', inputs),
    ...STAGES.flatMap(([blocks, width], stage) =>
      repeat(blocks, (i) => {
        const block = `layer${stage + 1}.${i}`;
        const outputs = EXPANSION * width;
        const tensors = [
          weight(`${block}.conv1`, width, inputs, 1, 1),
          ...batchNorm(`${block}.bn1`, width),
          weight(`${block}.conv2`, width, width, 3, 3),
          ...batchNorm(`${block}.bn2`, width),
          weight(`${block}.conv3`, outputs, width, 1, 1),
          ...batchNorm(`${block}.bn3`, outputs),
        ];
        if (i === 0)
          tensors.push(
            weight(`${block}.downsample.0`, outputs, inputs, 1, 1),
            ...batchNorm(`${block}.downsample.1`, outputs),
          );
        inputs = outputs;
        return tensors;
      }),
    ),
    ...withBias('fc', [CLASSES, inputs]),
  ];
}

function batchNorm(name: string, channels: number): NamedShape[] {
  const shape = [channels];
  return [
    ...withBias(name, shape),
    { name: `${name}.running_mean`, shape },
    { name: `${name}.running_var`, shape },
  ];
}
