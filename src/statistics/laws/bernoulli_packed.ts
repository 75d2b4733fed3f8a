import { discreteLaw, type Law } from './law';

/** The bits that are told apart. The lower ones are too fine to be seen, and are taken at their mean. */
const UPPER_BITS = 8;

/** Words whose bits are set with a probability, by their upper bits. */
export function bernoulliPackedLaw(probability: number): Law {
  const step = 2 ** (32 - UPPER_BITS);
  const values = Array.from({ length: 2 ** UPPER_BITS }, (_, upper) => {
    const set = upper.toString(2).replaceAll('0', '').length;
    return {
      value: upper * step + (step - 1) * probability,
      probability: probability ** set * (1 - probability) ** (UPPER_BITS - set),
    };
  });
  return discreteLaw(values.filter((one) => one.probability > 0));
}
