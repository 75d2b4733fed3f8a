import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as initializers from './every';
import { IDENTIFIERS, type Initializer } from './every';
import { CLASS_NAMES } from './classes';

const exported = initializers as unknown as Record<string, () => Initializer>;
const factoryName = (className: string): string =>
  className === 'STFT' ? 'stft' : className[0].toLowerCase() + className.slice(1);

describe('a new initializer', () => {
  it('is in the registry as well as among the exports', () => {
    const registered = new Set(IDENTIFIERS.map((identifier) => initializers.get(identifier).className));
    expect([...registered].sort()).toEqual(CLASS_NAMES);
  });

  it('is exported by the one file that defines it', async () => {
    const folder = new URL('../../src/initializers/', import.meta.url);
    const files = readdirSync(folder).filter(
      (file) => !['index.ts', 'registry.ts', 'distributions.ts'].includes(file),
    );
    const defined = await Promise.all(
      files.map(async (file) => Object.entries((await import(new URL(file, folder).href)) as object)),
    );
    const classes = defined
      .flat()
      .filter(([, value]) => typeof value === 'function' && 'fromConfig' in value);
    expect(classes.map(([name]) => name).sort()).toEqual(CLASS_NAMES);
  });

  it.each(CLASS_NAMES)('%s has a factory of its name, and both are found as specifications', (className) => {
    const type = exported[className];
    const factory = exported[factoryName(className)];
    expect(factory()).toBeInstanceOf(type);
    expect(factory().className).toBe(className);
    expect(type.name).toBe(className);
    expect(initializers.get(factory)).toBeInstanceOf(type);
    expect(initializers.get(type)).toBeInstanceOf(type);
  });
});
