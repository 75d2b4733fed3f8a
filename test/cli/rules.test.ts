import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspace } from './tensorseed';

const work = workspace();
const path = (name: string): string => join(work.folder, name);
const json = (name: string): unknown => JSON.parse(readFileSync(path(name), 'utf8'));

/** A safetensors header of two tensors, which Llama and Gemma have alike. */
const HEADER = {
  'model.layers.0.self_attn.q_proj.weight': { dtype: 'F32', shape: [8, 8], data_offsets: [0, 256] },
  'model.norm.weight': { dtype: 'F32', shape: [8], data_offsets: [256, 288] },
};

function init(...words: string[]): { code: number | null; stderr: string; stdout: string } {
  const { code, stderr, stdout } = work.run('init', ...words);
  return { code, stderr, stdout: stdout.toString() };
}

/** Makes a folder with a header and, beside it, files of configurations. */
function model(folder: string, configs: Record<string, string | object>): string {
  mkdirSync(path(folder));
  work.write(`${folder}/model.json`, JSON.stringify(HEADER));
  for (const [name, config] of Object.entries(configs))
    work.write(`${folder}/${name}`, typeof config === 'string' ? config : JSON.stringify(config));
  return `${folder}/model.json`;
}

const filled = (source: string, ...words: string[]) =>
  init(source, '--seed', '1', '--backend', 'cpu', '--verify', '--out', 'o.safetensors', '--force', ...words);

describe('init --rules auto', () => {
  it('takes the family and its numbers from the config.json beside the file', () => {
    const source = model('beside', { 'config.json': { model_type: 'gemma', initializer_range: 0.25 } });
    const { code, stderr, stdout } = filled(source, '--rules', 'auto');
    expect([code, stderr.split('\n')[0]]).toEqual([
      0,
      'rules gemma, since config.json says model_type "gemma"',
    ]);
    expect(stdout).toMatch(/model\.norm\.weight .* zeros +ok/);
    expect(stdout).toMatch(/RandomNormal\(mean=0, stddev=0\.25\)/);
  });

  it('takes the file that --config names', () => {
    const source = model('given', { 'config.json': '{', 'other.json': { model_type: 'gemma' } });
    expect(filled(source, '--rules', 'gemma', '--config', path('given/other.json')).code).toBe(0);
    expect(filled(source, '--rules', 'auto')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^tensorseed: given\/config\.json is no valid JSON: [^\n]*\n$/),
    });
    expect(filled(source, '--rules', 'llama', '--config', path('none.json'))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^tensorseed: cannot read [^\n]*none\.json[^\n]*\n$/),
    });
  });

  it('refuses the table of another family, and a family that no table knows', () => {
    const gemma = model('gemma', { 'config.json': { model_type: 'gemma' } });
    expect(filled(gemma, '--rules', 'llama').stderr).toBe(
      'tensorseed: the rules llama are not for this model, since config.json says model_type "gemma": ' +
        'give the rules gemma\n',
    );
    const unknown = model('unknown', { 'config.json': { model_type: 'new' } });
    expect(filled(unknown, '--rules', 'auto').stderr).toMatch(
      /^tensorseed: no table of rules is for model_type "new": give the rules [^\n]*\n$/,
    );
  });

  it('does not need a config.json for rules that depend on none', () => {
    const source = model('own', { 'config.json': '{' });
    work.write('own/rules.json', JSON.stringify([{ pattern: '**', initializer: 'zeros' }]));
    expect(filled(source, '--rules', path('own/rules.json')).code).toBe(0);
  });
});

describe('init --rules-template', () => {
  it('writes rules that fill the model as the table does', () => {
    const source = model('template', { 'config.json': { model_type: 'llama' } });
    const { code, stderr } = init(source, '--rules-template', path('template/rules.json'));
    expect([code, stderr.split('\n').at(-2)]).toEqual([0, '2 rules, 0 of them without an initializer']);
    expect(json('template/rules.json')).toEqual([
      {
        pattern: 'model.layers.*.self_attn.q_proj.weight',
        comment: '[8,8] F32',
        initializer: { class_name: 'RandomNormal', config: { mean: 0, stddev: 0.02 } },
      },
      { pattern: 'model.norm.weight', comment: '[8] F32', initializer: 'ones' },
    ]);
    const bytes = (...words: string[]): Buffer => {
      expect(filled(source, ...words).code).toBe(0);
      return readFileSync(path('o.safetensors'));
    };
    expect(bytes('--rules', path('template/rules.json'))).toEqual(bytes('--rules', 'auto'));
  });

  it('prints to stdout, and does not overwrite a file without --force', () => {
    const source = model('printed', { 'config.json': { model_type: 'new' } });
    const { code, stdout } = init(source, '--rules-template', '-');
    expect([code, (JSON.parse(stdout) as unknown[]).length]).toEqual([0, 2]);
    work.write('printed/rules.json', '[]');
    expect(init(source, '--rules-template', 'printed/rules.json')).toMatchObject({
      code: 2,
      stderr: 'tensorseed: --rules-template "printed/rules.json" is there already; --force overwrites it\n',
    });
    expect(init(source, '--rules-template', 'printed/rules.json', '--force').code).toBe(0);
    expect(json('printed/rules.json')).toHaveLength(2);
  });

  it.each([
    [['gpt2', '--rules-template', '-'], 'gpt2 is a preset, which needs no rules'],
    [['m.json', '--rules-template', '-', '--seed', '1'], '--seed has no effect beside --rules-template'],
    [['none.json', '--rules-template', '-'], 'there is no file and no preset "none.json"'],
  ])('refuses %j', (words, message) => {
    const { code, stderr } = init(...words);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^tensorseed: [^\n]*\n$/);
    expect(stderr).toContain(message);
  });
});
