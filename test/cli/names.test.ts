import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataOf } from './models';
import { workspace } from './tensorseed';

const work = workspace();
const dense = (name: string, more = {}) => ({ class_name: 'Dense', config: { name, units: 4, ...more } });
const stack = (name: string, ...layers: unknown[]) => ({
  class_name: 'Sequential',
  config: { name, layers },
});
const model = {
  ...stack('outer', stack('inner', dense('Conv1', { batch_input_shape: [null, 4], use_bias: false }))),
  keras_version: '2.4.0',
};

function run(out: string, ...options: string[]) {
  writeFileSync(join(work.folder, 'keras.json'), JSON.stringify(model));
  return work.run('init', 'keras.json', '--seed', '42', '--backend', 'cpu', '--out', out, ...options);
}

const fileOf = (out: string): Buffer => readFileSync(join(work.folder, out));

describe('tensorseed init --names and --key-by', () => {
  it('name the weights of a Keras model, and --names changes no value', () => {
    for (const [style, name] of [
      ['keras', 'Conv1/kernel'],
      ['unique', 'inner/Conv1/kernel'],
    ]) {
      expect(run(`${style}.safetensors`, '--names', style).code).toBe(0);
      expect(fileOf(`${style}.safetensors`).toString('latin1')).toContain(`,"${name}":{`);
    }
    expect(dataOf(fileOf('keras.safetensors'))).toEqual(dataOf(fileOf('unique.safetensors')));
    expect(run('named.safetensors', '--key-by', 'name').code).toBe(0);
    expect(dataOf(fileOf('named.safetensors'))).not.toEqual(dataOf(fileOf('keras.safetensors')));
  });

  it('refuse what they do not know', () => {
    const { code, stderr } = run('x.safetensors', '--names', 'path2');
    expect([code === 0, stderr]).toEqual([false, expect.stringContaining('--names must be one of keras')]);
    expect(run('x.safetensors', '--key-by', 'path').stderr).toContain('--key-by must be one of stream, name');
  });
});
