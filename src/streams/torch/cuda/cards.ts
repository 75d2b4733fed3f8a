/**
 * The multiprocessors of NVIDIA's cards, and the threads that each of them runs at once, as
 * `torch.cuda.get_device_properties` gives them.
 */
export const CARDS = {
  'gtx-1080-ti': [28, 2048],
  p100: [56, 2048],
  'titan-v': [80, 2048],
  v100: [80, 2048],
  t4: [40, 1024],
  'rtx-2070-super': [40, 1024],
  'rtx-2080-ti': [68, 1024],
  'titan-rtx': [72, 1024],
  a100: [108, 2048],
  a10: [72, 1536],
  a10g: [80, 1536],
  a40: [84, 1536],
  'rtx-a4000': [48, 1536],
  'rtx-a5000': [64, 1536],
  'rtx-a6000': [84, 1536],
  'rtx-3060': [28, 1536],
  'rtx-3070': [46, 1536],
  'rtx-3080': [68, 1536],
  'rtx-3090': [82, 1536],
  'rtx-3090-ti': [84, 1536],
  l4: [58, 1536],
  l40: [142, 1536],
  l40s: [142, 1536],
  'rtx-6000-ada': [142, 1536],
  'rtx-4060': [24, 1536],
  'rtx-4070': [46, 1536],
  'rtx-4080': [76, 1536],
  'rtx-4090': [128, 1536],
  'rtx-4090-d': [114, 1536],
  h20: [78, 2048],
  'h100-pcie': [114, 2048],
  h100: [132, 2048],
  h200: [132, 2048],
  b200: [148, 2048],
  'rtx-5090': [170, 1536],
} as const satisfies Readonly<Record<string, readonly [multiprocessors: number, threadsEach: number]>>;

/**
 * The name of a card.
 *
 * @example
 * ```ts
 * import { torchCuda, type TorchCudaCard } from 'tensorseed/streams';
 *
 * const card: TorchCudaCard = 'rtx-4090';
 * console.log(torchCuda(card).name); // torch-cuda/rtx-4090
 * ```
 */
export type TorchCudaCard = keyof typeof CARDS;
