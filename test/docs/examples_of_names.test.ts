import { describe, expect, it } from 'vitest';
import { publicNames } from './docstrings';

/** The entries whose every public name has a docstring, and whose exports and methods have examples. */
const ENTRIES = [
  'tensorseed', //
];

const all = publicNames();

describe.each(ENTRIES)('the public names of %s', (entry) => {
  const names = all.filter((name) => name.entry === entry);

  it('are found with their members', () => {
    for (const kind of ['export', 'property']) {
      expect(
        names.some((name) => name.kind === kind),
        kind,
      ).toBe(true);
    }
  });

  it('have docstrings', () => {
    const lacking = names.filter(({ kind, documented }) => kind !== 'namespace' && !documented);
    expect(lacking.map(({ name }) => name)).toEqual([]);
  });

  it('have an example on every export and method', () => {
    const lacking = names.filter(
      ({ kind, examples }) => (kind === 'export' || kind === 'method') && examples.length === 0,
    );
    expect(lacking.map(({ name }) => name)).toEqual([]);
  });
});
