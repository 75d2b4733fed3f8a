import { ArgumentError } from '../../core/errors';

/**
 * The most steps that reading a model may take. A call of a layer is a step, and so is each size and each other
 * value among its arguments. The largest models of keras.applications take about 20,000. Models in models that are
 * called on other shapes each time double the calls at every level, and a Bidirectional in a Bidirectional doubles
 * the layers, so that a short file can ask for any number of them.
 */
const MAX_STEPS = 1_000_000;
/** What it takes to make a layer, which is longer than a call. */
export const STEPS_OF_A_LAYER = 10;

/** What is left of the steps of one model, all models nested in it included. */
export class Budget {
  #left = MAX_STEPS;

  /** @throws ArgumentError where the model takes more steps than it may */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0)
      throw new ArgumentError(
        `reading it takes more than ${MAX_STEPS} steps: it has too many layers, or models nested in it are ` +
          'called on too many shapes',
      );
  }
}
