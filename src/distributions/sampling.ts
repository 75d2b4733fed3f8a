/**
 * The draws that no initializer of Keras needs, each with its members beside the kind, which are numbers. What they
 * are is loaded when one is first used.
 */
export const SAMPLING_NUMBERS = {
  bernoulli: ['probability'],
} as const;

/** The kinds of these draws. */
export type SamplingKind = keyof typeof SAMPLING_NUMBERS;
