import type { Initializer } from './initializer';
import { provideInitializers } from './registry';
import { SAMPLING } from './sampling';
import { initializerFrom, type InitializerSpec } from './spec';

/** Brings every initializer, so that all that follows knows them by their names. */
export function provideAll(): void {
  provideInitializers(SAMPLING);
}

/** The same as `initializerFrom`, with every initializer at hand. */
export function anyInitializer(spec: InitializerSpec): Initializer {
  provideAll();
  return initializerFrom(spec);
}
