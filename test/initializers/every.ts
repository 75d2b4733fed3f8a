/** Every initializer, also of those that are loaded when they are first named. */
import { provideAll } from '../../src/initializers/all';

export * from '../../src/initializers';
export * from '../../src/initializers/distributions';

provideAll();
