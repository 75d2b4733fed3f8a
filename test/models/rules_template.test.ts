import { describe, expect, it } from 'vitest';
import { describeModel, modelFile, rulesTemplate } from '../../src/models';

const encode = (json: object): Uint8Array => new TextEncoder().encode(JSON.stringify(json));

/** A header of float32 tensors with these shapes. */
function header(shapes: Record<string, readonly number[]>): object {
  let end = 0;
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const begin = end;
      end += shape.reduce((product, size) => product * size, 4);
      return [name, { dtype: 'F32', shape, data_offsets: [begin, end] }];
    }),
  );
}

const blocks = header({
  'h.0.w': [4, 4],
  'h.0.b': [4],
  'h.1.w': [4, 4],
  'h.1.b': [4],
  'h.2.w': [4, 4],
  'h.2.b': [4],
  top: [],
});

describe('rulesTemplate', () => {
  it('has a rule for each pattern, without an initializer where nothing is known', () => {
    const { template, notes } = rulesTemplate('m.json', encode(blocks));
    expect(template).toEqual([
      { pattern: 'h.*.w', comment: '3 tensors, such as [4,4] F32', initializer: null },
      { pattern: 'h.*.b', comment: '3 tensors, such as [4] F32', initializer: null },
      { pattern: 'top', comment: '[] F32', initializer: null },
    ]);
    expect(notes).toEqual([]);
    expect(() => describeModel(blocks as never, { rules: JSON.stringify(template) })).toThrow(
      'rule 1 of the rules ("h.*.w"): a rule needs an initializer, or "skip": true or "copy": true',
    );
  });

  it('has what rules say, so that it stands for them', () => {
    const rules = [
      { pattern: 'h.1.w', initializer: 'zeros' },
      { pattern: '**.w', initializer: 'he_normal', layout: 'torch' as const, residuals: 2 },
      { pattern: '**.b', fanOf: 'w', initializer: 'glorot_uniform' },
      { pattern: 'top', skip: true },
    ];
    const { template } = rulesTemplate('m.json', encode(blocks), { rules });
    expect(template.map(({ pattern }) => pattern)).toEqual(['h.0.w', 'h.2.w', 'h.1.w', 'h.*.b', 'top']);
    const source = blocks as never;
    const given = describeModel(source, { rules });
    const again = describeModel(source, { rules: JSON.stringify(template) });
    const jobs = ({ tensors }: typeof given) =>
      modelFile({ tensors }, { seed: 1 }).tensors.map(({ name, job }) => [name, job.stretches[0].draw]);
    expect(jobs(again)).toEqual(jobs(given));
  });

  it('takes the table of the family, and nothing for a family that no table knows', () => {
    const llama = header({
      'model.layers.0.self_attn.q_proj.weight': [4, 4],
      'model.layers.0.mlp.gate_proj.weight': [8, 4],
      'model.layers.0.input_layernorm.weight': [4],
    });
    const { template, notes } = rulesTemplate('m.json', encode(llama));
    expect(template.map(({ initializer }) => initializer)).toEqual([
      { class_name: 'RandomNormal', config: { mean: 0, stddev: 0.02 } },
      { class_name: 'RandomNormal', config: { mean: 0, stddev: 0.02 } },
      'ones',
    ]);
    expect(notes[0]).toContain('rules llama');
    const unknown = rulesTemplate('m.json', encode(llama), { config: { model_type: 'new' } });
    expect(unknown.template.every(({ initializer }) => initializer === null)).toBe(true);
  });

  it.each([
    [{}, 'm.json must be a safetensors file, an'],
    [{ class_name: 'Sequential', config: { layers: [] } }, 'm.json must be a safetensors file, an'],
  ])('refuses %j', (json, message) => {
    expect(() => rulesTemplate('m.json', encode(json))).toThrow(message);
  });
});

describe('rules with a config.json', () => {
  const source = header({ 'h.0.w': [4, 4], 'h.1.w': [4, 4], e: [6, 4] }) as never;
  const normal = { class_name: 'RandomNormal', config: { stddev: 1 } };
  const draws = (rules: object[], config?: object) =>
    modelFile(source, { seed: 1, rules: rules as never, ...(config && { config }) }).tensors.map(({ job }) =>
      job.stretches.map(({ draw, range }) => [draw, range.count]),
    );

  it('scale by the depth of the config, or of the names', () => {
    const rules = [
      { pattern: 'h.*.w', initializer: normal, residuals: 2 },
      { pattern: 'e', initializer: 'ones' },
    ];
    const stddev = (config?: object) => (draws(rules, config)[1][0][0] as { stddev: number }).stddev;
    expect(stddev()).toBe(0.5);
    expect(stddev({ n_layer: 8 })).toBe(0.25);
    expect(stddev({ num_hidden_layers: 2 })).toBe(0.5);
  });

  it('have the row of the padding token zeros', () => {
    const rules = [
      { pattern: 'h.*.w', initializer: 'zeros' },
      { pattern: 'e', initializer: normal, padding: 'config' },
    ];
    const counts = (config: object) => draws(rules, config)[0].map(([, count]) => count);
    expect(counts({ pad_token_id: 1 })).toEqual([4, 4, 16]);
    expect(counts({ pad_token_id: -1 })).toEqual([20, 4]);
    expect(counts({ pad_token_id: null })).toEqual([24]);
    expect(counts({ pad_token_id: 6 })).toEqual([24]);
    expect(() => draws(rules)).toThrow('padding "config" needs the config.json of the model');
    expect(() => counts({ pad_token_id: 'x' })).toThrow(
      '"pad_token_id" of config.json must be an integer in [-2^31, 2^31), got "x"',
    );
  });

  it.each([
    ['{', 'config is no valid JSON'],
    ['[]', 'config must be the object of a config.json'],
    [3, 'config must be the object of a config.json, got 3'],
  ])('refuses the config %j', (config, message) => {
    expect(() => describeModel(source, { rules: 'torch', config: config as never })).toThrow(message);
  });
});
