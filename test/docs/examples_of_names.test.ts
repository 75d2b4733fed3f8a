import { describe, expect, it } from 'vitest';
import { entries } from '../../docs/entries.mjs';
import { publicNames } from './docstrings';

const all = publicNames();

it('finds members of the exports, too', () => {
  expect(all.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['namespace', 'method', 'property']));
});

describe.each([...entries().values()])('the public names of %s', (entry) => {
  const names = all.filter((name) => name.entry === entry);

  it('are found', () => {
    expect(names.map(({ kind }) => kind)).toContain('export');
  });

  it('have docstrings', () => {
    const lacking = names.filter(({ kind, documentation }) => kind !== 'namespace' && documentation === '');
    expect(lacking.map(({ name }) => name)).toEqual([]);
  });

  it('have an example on every export and method', () => {
    const lacking = names.filter(
      ({ kind, examples }) => (kind === 'export' || kind === 'method') && examples.length === 0,
    );
    expect(lacking.map(({ name }) => name)).toEqual([]);
  });
});
