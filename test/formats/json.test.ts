import { describe, expect, it } from 'vitest';
import { decodeUtf8, parseJson, toPlain } from '../../src/formats/json';

const parse = (text: string): unknown => parseJson('x.json', text);

describe('JSON', () => {
  it('reads what JSON.parse reads, with Maps for objects', () => {
    const texts = [
      'null',
      'true',
      'false',
      '0',
      '-0',
      '1.5e-3',
      '-12E+2',
      '""',
      '"a"',
      '[]',
      '[1, [2], "3"]',
      ' \t\r\n7 ',
    ];
    texts.push('"\\u00e9\\n\\"\\\\\\/ \\ud83d\\ude00 é 😀"');
    for (const text of texts) expect(parse(text)).toEqual(JSON.parse(text));
    expect(parse('{"a": {"b": [1, {}]}, "": 2}')).toEqual(
      new Map<string, unknown>([
        ['a', new Map([['b', [1, new Map()]]])],
        ['', 2],
      ]),
    );
  });

  it('refuses what JSON.parse refuses, in one line', () => {
    const texts = [
      '',
      ' ',
      '{',
      '}',
      '[1,]',
      '{"a":1,}',
      '{a:1}',
      "'a'",
      '01',
      '1.',
      '.5',
      '+1',
      '1e',
      '0x10',
      'NaN',
      'Infinity',
      'nul',
      'truefalse',
    ];
    texts.push(
      '"a',
      '"\n"',
      '"\\x"',
      '"\\u12g4"',
      '1 2',
      '{"a" 1}',
      '{"a":1 "b":2}',
      '[1 2]',
      '"\t"',
      '\ufeff1',
      '/**/1',
      '"\\',
    );
    for (const text of texts) {
      expect(() => JSON.parse(text), text).toThrow();
      expect(() => parse(text), text).toThrow(/^x\.json is no valid JSON: expected [^\n]*$/);
    }
  });

  it('refuses a key given twice, however it is spelled', () => {
    expect(() => parse('{"a":1,"a":1}')).toThrow('x.json has the key "a" twice');
    expect(() => parse('{"a":1,"\\u0061":1}')).toThrow('x.json has the key "a" twice');
    expect(() => parse('{"__proto__":1,"__proto__":2}')).toThrow('twice');
  });

  it('refuses deep nesting before it costs a stack', () => {
    expect(() => parse('['.repeat(1e6))).toThrow('x.json is nested too deeply at character 32');
    expect(parse('['.repeat(32) + ']'.repeat(32))).toBeInstanceOf(Array);
  });

  it('refuses numbers beyond float64 and lone surrogates', () => {
    expect(() => parse('1e999')).toThrow('a number within float64');
    expect(() => parse('"\\ud800"')).toThrow('well-formed Unicode');
    expect(() => parse('{"\\udc00":1}')).toThrow('well-formed Unicode');
  });

  it('with integers alone refuses points and exponents', () => {
    const limits = { depth: 4, integers: true };
    expect(parseJson('x', '[0, 12, -3]', limits)).toEqual([0, 12, -3]);
    for (const text of ['1.0', '1e3', '0.5', '00'])
      expect(() => parseJson('x', text, limits), text).toThrow('no valid JSON');
  });

  it('reads long texts in time that grows with their length', () => {
    expect(parse(`"${'a\\n'.repeat(1e6)}"`)).toHaveLength(2e6);
    expect(parse(' '.repeat(1e6) + '1')).toBe(1);
    expect(() => parse('9'.repeat(1e6))).toThrow('float64');
  });

  it.each(['{}', '[]', '0', '"a"'])(
    'refuses more values than fit into memory: %s again and again',
    (value) => {
      const text = `[${`${value},`.repeat(2 ** 22)}0]`;
      expect(() => parse(text)).toThrow(/^\S+ holds more than 4194304 values, /);
    },
  );

  it('makes plain objects without poisoned keys', () => {
    expect(toPlain('x', parse('{"a":[{"b":null}]}') as never)).toEqual({ a: [{ b: null }] });
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      expect(() => toPlain('x.json', parse(`{"a":[{"${key}":{}}]}`) as never)).toThrow(
        `x.json has the key "${key}", which is refused`,
      );
    }
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(() => decodeUtf8('x.json', Uint8Array.of(0x22, 0xff, 0x22))).toThrow('x.json is no valid UTF-8');
    expect(decodeUtf8('x.json', Uint8Array.of(0xc3, 0xa9))).toBe('é');
  });
});
