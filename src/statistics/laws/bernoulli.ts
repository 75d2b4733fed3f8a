import { discreteLaw, type Law } from './law';

/** 1 with a probability, and 0 otherwise. */
export function bernoulliLaw(probability: number): Law {
  return discreteLaw(
    [
      { value: 0, probability: 1 - probability },
      { value: 1, probability },
    ].filter((one) => one.probability > 0),
  );
}
