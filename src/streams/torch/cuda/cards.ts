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
export type TorchCudaCard =
  | 'gtx-1080-ti'
  | 'p100'
  | 'titan-v'
  | 'v100'
  | 't4'
  | 'rtx-2070-super'
  | 'rtx-2080-ti'
  | 'titan-rtx'
  | 'a100'
  | 'a10'
  | 'a10g'
  | 'a40'
  | 'rtx-a4000'
  | 'rtx-a5000'
  | 'rtx-a6000'
  | 'rtx-3060'
  | 'rtx-3070'
  | 'rtx-3080'
  | 'rtx-3090'
  | 'rtx-3090-ti'
  | 'l4'
  | 'l40'
  | 'l40s'
  | 'rtx-6000-ada'
  | 'rtx-4060'
  | 'rtx-4070'
  | 'rtx-4080'
  | 'rtx-4090'
  | 'rtx-4090-d'
  | 'h20'
  | 'h100-pcie'
  | 'h100'
  | 'h200'
  | 'b200'
  | 'rtx-5090';

/**
 * The multiprocessors of NVIDIA's cards, and the threads that each of them runs at once, as
 * `torch.cuda.get_device_properties` gives them.
 */
export const CARDS: Readonly<Record<TorchCudaCard, readonly [multiprocessors: number, threadsEach: number]>> =
  {
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
  };
