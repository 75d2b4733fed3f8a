import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layers } from '../../../src/models/keras';
import type { Kind } from '../../../src/models/keras/kind';
import { ALL_KINDS, LAYER_KINDS } from '../../../src/models/keras/registry';

const kinds = Object.entries<Kind<any>>(LAYER_KINDS);

describe('a new kind of layer', () => {
  it('has class names that no other kind has', () => {
    const names = ALL_KINDS.flatMap(({ className, aliases = [] }) => [className, ...aliases]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it.each(kinds)('%s is the factory of its class', (name, { className }) => {
    expect(name.toLowerCase()).toBe(className.toLowerCase());
    expect(layers).toHaveProperty(name);
  });

  it('has a test beside this one if it has weights', () => {
    const folder = new URL('.', import.meta.url);
    const tests = readdirSync(folder)
      .filter((file) => file.endsWith('.test.ts') || file.endsWith('.json'))
      .map((file) => readFileSync(new URL(file, folder), 'utf8'));
    const isTested = (name: string, className: string): boolean =>
      [`"${className}"`, `'${className}'`, `layers.${name}(`].some((use) =>
        tests.some((text) => text.includes(use)),
      );
    const untested = kinds
      .filter(([, kind]) => kind.build !== undefined || kind.children !== undefined)
      .filter(([name, { className }]) => !isTested(name, className));
    expect(untested.map(([name]) => name)).toEqual([]);
  });
});
