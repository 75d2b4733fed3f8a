import { NotLoadedError } from '../core/errors';
import { provideInitializers } from './registry';

/** Loads the initializers beyond those of Keras. */
export async function loadSampling(): Promise<void> {
  const { SAMPLING } = await import('./sampling');
  provideInitializers(SAMPLING);
  for (const { type } of SAMPLING) new type(); // which brings what its draw is
}

/** Resolves what may name initializers or draws that are not loaded, and loads them where it does. */
export async function loaded<T>(resolve: () => T): Promise<T> {
  try {
    return resolve();
  } catch (error) {
    if (!(error instanceof NotLoadedError)) throw error;
    await loadSampling();
    return resolve();
  }
}
