import { describe, expect, it } from 'vitest';
import { specialized } from '../../../src/backends/gpu/pipelines/specialized';
import { SAMPLING_SHADERS } from '../../../src/backends/gpu/pipelines/sampling';
import { SHADERS } from '../../../src/backends/gpu/pipelines/shaders';
import { globalNames } from '../../../tools/wgsl_names';
import { readShaders } from '../../../tools/wgsl_plugin';

describe('a branch on an override', () => {
  const chain = 'const HALF:u32=1u;fn f(){if(FORMAT==0u){a();}else if(FORMAT==HALF){b();}else{c();}d();}';

  it.each([
    [0, '{a();}'],
    [1, '{b();}'],
    [2, '{c();}'],
  ])('of a chain: %i', (FORMAT, body) => {
    expect(specialized(chain, { FORMAT })).toBe(`const HALF:u32=1u;fn f(){${body}d();}`);
  });

  it.each([
    ['if(X){a();}', 1, '{a();}'],
    ['if(X){a();}', 0, '{}'],
    ['if(!X){a();}', 1, '{}'],
    ['if(!X){a();}', 0, '{a();}'],
    ['if(X!=0u){a();}', 2, '{a();}'],
    ['if(X!=0u){a();}', 0, '{}'],
    ['if(X==2u){if(X!=2u){a();}else{b();}}else{c();}', 2, '{{b();}}'],
    ['if(y){a();}else if(X){b();}', 0, 'if(y){a();}else {}'],
    ['if(y){a();}else if(X){b();}else{c();}', 1, 'if(y){a();}else {b();}'],
    ['if(X){if(y){a();}else{b();}}else if(y){c();}', 0, 'if(y){c();}'],
    ['if(X){if(y){a();}else{b();}}else if(y){c();}', 1, '{if(y){a();}else{b();}}'],
  ])('%s with %i', (code, X, taken) => {
    expect(specialized(code, { X })).toBe(taken);
  });

  it.each(['if(X&&y){a();}', 'if(y){a();}', 'if(y==0u){a();}', 'if(X==y){a();}', 'x=select(a,b,X);'])(
    'stays where no constant decides it: %s',
    (code) => expect(specialized(code, { X: 1 })).toBe(code),
  );
});

describe.each(Object.entries({ ...SHADERS, ...SAMPLING_SHADERS }))('%s', (_, { body, edge }) => {
  it.each([0, 1, 2, 3])('has no branch on an override left for format %i', (FORMAT) => {
    for (const code of [body, edge]) {
      const made = specialized(code, { FORMAT, REALIGN: 0, OFFSET_BITS: 64 });
      expect(made).not.toMatch(/if\(!?(FORMAT|REALIGN|OFFSET_BITS)\b/);
    }
  });
});

it('calls what draws a block once where a group has one block', () => {
  const { body } = SHADERS.normal;
  const names = globalNames(readShaders());
  const drawing = ['draw_block', 'draw_four'].map((name) => names.get(name)).join('|');
  const calls = (code: string): number => code.match(new RegExp(`(?<!fn )\\b(${drawing})\\(`, 'g'))!.length;
  expect(calls(body)).toBe(9);
  expect(calls(specialized(body, { FORMAT: 0, REALIGN: 0, OFFSET_BITS: 0 }))).toBe(2);
});

it('leaves no unreachable code: no branch on an override returns', () => {
  const sources = Object.entries(readShaders());
  const overrides = sources.flatMap(([, code]) =>
    [...code.matchAll(/^override (\w+):/gm)].map(([, name]) => name),
  );
  expect(overrides).toContain('FORMAT');
  const returning = new RegExp(`if \\(!?(${overrides.join('|')})\\b[^{]*\\{[^{}]*\\breturn\\b`);
  expect(sources.filter(([, code]) => returning.test(code)).map(([path]) => path)).toEqual([]);
});
