import type { Parameters } from '../../../distributions/parameters';

/** Computes the four elements of a 64-bit block index, as float32 bits or words, into `out[0..3]`. */
export type DrawBlock = (blockLo: number, blockHi: number, out: Uint32Array) => void;

export type ParametersOf<K extends Parameters['kernel']> = Extract<Parameters, { kernel: K }>;
