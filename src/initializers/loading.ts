import { NotLoadedError } from '../core/errors';
import { provideInitializers } from './registry';

/** Loads the initializers beyond those of Keras. */
export async function loadSampling(): Promise<void> {
  const { SAMPLING } = await import('./sampling');
  provideInitializers(SAMPLING);
  for (const { type } of SAMPLING) new type(); // which brings what its draw is
}

/**
 * Resolves what may name initializers or draws that are not loaded, and loads them where it does. Otherwise it
 * resolves at once: what is checked then cannot change while something is awaited.
 */
export function loaded<T>(resolve: () => T): T | Promise<T> {
  try {
    return resolve();
  } catch (error) {
    if (!(error instanceof NotLoadedError)) throw error;
    return loadSampling().then(resolve);
  }
}
