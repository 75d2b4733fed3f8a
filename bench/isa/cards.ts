/** A card, and what bounds how fast it can be. */
export interface Card {
  /** The name by which its compiler knows it. */
  readonly id: string;
  readonly name: string;
  readonly maker: 'AMD' | 'NVIDIA';
  /** Invocations that go in step. */
  readonly lanes: number;
  /** 32-bit lanes times the clock under load, per second. */
  readonly laneCycles: number;
  /** Bytes that the memory can take, per second. */
  readonly bandwidth: number;
}

/** The makers' numbers: lanes, boost clock, memory. Integrated GPUs share the memory of the CPU. */
export const CARDS: readonly Card[] = [
  amd('vega10', 'Vega 64', 4096 * 1.546e9, 484e9),
  amd('navi21', 'RX 6900 XT', 5120 * 2.25e9, 512e9),
  amd('navi31', 'RX 7900 XTX', 6144 * 2.5e9, 960e9),
  amd('renoir', 'Radeon Vega 8, DDR4-3200', 512 * 2.0e9, 51.2e9),
  amd('gfx1150', 'Radeon 890M, LPDDR5X-7500', 1024 * 2.9e9, 120e9),
  amd('gfx1201', 'RX 9070 XT', 4096 * 2.97e9, 640e9),
  nvidia('sm_80', 'A100 80GB', 108 * 128 * 1.41e9, 2039e9),
  nvidia('sm_89', 'RTX 4090', 128 * 128 * 2.52e9, 1008e9),
  nvidia('sm_90', 'H200', 132 * 128 * 1.98e9, 4800e9),
];

/** Kernels for a compute queue get waves of 64 from RADV. */
function amd(id: string, name: string, laneCycles: number, bandwidth: number): Card {
  return { id, name, maker: 'AMD', lanes: 64, laneCycles, bandwidth };
}

function nvidia(id: string, name: string, laneCycles: number, bandwidth: number): Card {
  return { id, name, maker: 'NVIDIA', lanes: 32, laneCycles, bandwidth };
}
