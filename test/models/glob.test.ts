import { describe, expect, it } from 'vitest';
import { glob } from '../../src/models/glob';

describe('glob', () => {
  it.each<[string, string[], string[]]>([
    ['a.b', ['a.b'], ['a.bc', 'xa.b', 'a', 'a.b.c', 'A.b', 'axb']],
    ['h.*.w', ['h.0.w', 'h.11.w', 'h..w'], ['h.w', 'h.0.1.w', 'h.0.W']],
    ['*', ['w', ''], ['a.w']],
    ['**', ['w', 'a.w', ''], []],
    ['**.w', ['w', 'a.w', 'a.b.w'], ['aw', 'w.a', 'a.xw']],
    ['a.**', ['a', 'a.b', 'a.b.c'], ['b.a', 'ab']],
    ['a.**.w', ['a.w', 'a.b.w', 'a.b.c.w'], ['a.b', 'w', 'b.a.w']],
    ['**.a.**.b.**', ['a.b', 'x.a.a.y.b.b', 'a.c.b.d'], ['b.a', 'a', 'b']],
    [
      '**.*norm*.weight',
      ['norm.weight', 'x.input_layernorm.weight', 'normal.weight'],
      ['x.Norm.weight', 'norm.x.weight'],
    ],
    ['ln_*.*', ['ln_.a', 'ln_1.b'], ['ln.a', 'ln_1']],
    ['*a*b*', ['ab', 'xaybz', 'aab', 'abab'], ['ba', 'a', 'b']],
    ['a+(b)[c]', ['a+(b)[c]'], ['aab', 'abc']],
  ])('%s', (pattern, yes, no) => {
    const matches = glob(pattern);
    expect(yes.filter((name) => !matches(name))).toEqual([]);
    expect(no.filter(matches)).toEqual([]);
  });

  it('refuses a pattern that says nothing, and ** within a segment', () => {
    expect(() => glob('')).toThrow('a pattern must not be empty');
    expect(() => glob('a.**norm')).toThrow(
      '** must stand alone between dots, got "**norm" in the pattern "a.**norm"',
    );
  });

  it('takes no longer than the lengths multiplied', () => {
    const matches = glob(`${'*a'.repeat(2000)}b`);
    expect(matches('a'.repeat(20_000))).toBe(false);
    const segments = glob(`${'**.a.'.repeat(500)}b`);
    expect(segments('a.'.repeat(5000))).toBe(false);
  });
});
