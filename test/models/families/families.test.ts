import { beforeAll, describe, expect, it } from 'vitest';
import { Sampler } from '../../../src/index';
import { describeModel, RULE_TABLES } from '../../../src/models';
import { type Checkpoint, checkpoints, expectFilling, type Expected, expectValues } from './vectors';

/** Whether what fills a tensor is held against values, and not against the numbers of a draw. */
const isComputed = (expected: Expected): boolean =>
  typeof expected === 'object' && ('table' in expected || 'softplus_inverse_log_uniform' in expected);

const labelled = (some: readonly Checkpoint[]): [string, Checkpoint][] =>
  some.map((one) => [`${one.family}, ${one.variant}, ${one.framework}`, one]);

/** What the tables refuse, and what the message says. */
const REFUSED: Record<string, string> = {
  'fp8, deepseek_v3, deepseek': 'has dtype F8_E4M3; give a dtype to fill it with',
  'gptq, llama, gptqmodel': 'GPTQ or AWQ has quantized',
  'awq, llama, autoawq': 'GPTQ or AWQ has quantized',
  'bitsandbytes, nf4, bitsandbytes': 'bitsandbytes has quantized',
  'bitsandbytes, int8, bitsandbytes': 'bitsandbytes has quantized',
  'lora, embedding, peft': 'embed_tokens.base_layer.weight" is of the base model, not of the adapter',
  'vit, timm_jax, timm': 'weight_init alone, got "jax"',
};

let sampler: Sampler;
beforeAll(async () => {
  sampler = await Sampler.create({ backend: 'cpu' });
});

describe('rules auto', () => {
  const filled = labelled(checkpoints).filter(([label]) => REFUSED[label] === undefined);

  it.each(filled)('fills %s as its framework does', async (_, { header, config, expected }) => {
    const { tensors, notes } = describeModel(header, { rules: 'auto', config });
    expect(notes[0]).toMatch(/^rules [\w-]+, since (config\.json says|there are names such as)/);
    const names = new Set(tensors.map(({ name }) => name));
    for (const [name, { dtype }] of Object.entries(header))
      expect(names.has(name), name).toBe(dtype !== 'I64');
    for (const tensor of tensors) {
      const fill = expected.get(tensor.name)!;
      if (isComputed(fill)) await expectValues(sampler, tensor, fill);
      else expectFilling(tensor, fill);
    }
  });

  it.each(labelled(checkpoints).filter(([label]) => REFUSED[label] !== undefined))(
    'refuses %s in one line',
    (label, { header, config }) => {
      const wanted = { name: 'ArgumentError', message: expect.stringContaining(REFUSED[label]) };
      expect(() => describeModel(header, { rules: 'auto', config })).toThrow(expect.objectContaining(wanted));
    },
  );

  it('fills a checkpoint of 8-bit floats where a dtype is given, and leaves their scales out', () => {
    const { header, config } = checkpoints.find(({ family }) => family === 'fp8')!;
    const { tensors, notes } = describeModel(header, { rules: 'auto', config, dtype: 'bfloat16' });
    expect(tensors.length).toBeGreaterThan(10);
    expect(tensors.some(({ name }) => name.includes('scale'))).toBe(false);
    expect(notes.join()).toContain('the scales of 8-bit floats are left out');
  });
});

describe('names that published files have beside those of transformers', () => {
  const tensors = (rules: string, names: readonly string[], config?: object) => {
    const entry = (i: number) => ({ dtype: 'F32', shape: [2, 2], data_offsets: [16 * i, 16 * i + 16] });
    const header = Object.fromEntries(names.map((name, i) => [name, entry(i)]));
    return describeModel(header as never, { rules, ...(config && { config }) });
  };

  it("leaves out DeepSeek's block that predicts further tokens", () => {
    const block = ['eh_proj', 'shared_head.head', 'self_attn.o_proj'].map(
      (one) => `model.layers.61.${one}.weight`,
    );
    const kept = 'model.layers.60.self_attn.kv_a_proj_with_mqa.weight';
    const model = tensors('auto', [kept, ...block], { model_type: 'deepseek_v3' });
    expect(model.tensors.map(({ name }) => name)).toEqual([kept]);
    expect(model.notes.join()).toContain('model.layers.61.* predicts further tokens and is left out');
  });

  it('takes the older names of attention in the autoencoder of Stable Diffusion', () => {
    const names = ['query', 'key', 'value', 'proj_attn'].map(
      (one) => `encoder.mid_block.attentions.0.${one}.weight`,
    );
    const { tensors: all } = tensors('vae', names);
    for (const tensor of all) expectFilling(tensor, { uniform: [-Math.SQRT1_2, Math.SQRT1_2] });
  });
});

describe('a table', () => {
  const first = checkpoints.filter(
    ({ family }, i) => checkpoints.findIndex((one) => one.family === family) === i,
  );

  it.each(labelled(first))(
    'never fills %s in another way without a word',
    (_, { header, expected, config }) => {
      for (const rules of RULE_TABLES.filter((name) => name !== 'torch')) {
        for (const given of [undefined, config]) {
          let model;
          try {
            model = describeModel(header, { rules, ...(given && { config: given }) });
          } catch (error) {
            expect((error as Error).name).toBe('ArgumentError');
            expect((error as Error).message).not.toContain('\n');
            continue;
          }
          const isSaid = model.notes.some((note) => /names alone do not tell|pad_token_id/.test(note));
          for (const tensor of model.tensors) {
            const fill = expected.get(tensor.name)!;
            if (isComputed(fill) || (given === undefined && isSaid)) continue;
            expect(() => expectFilling(tensor, fill), `${rules}, ${tensor.name}`).not.toThrow();
          }
        }
      }
    },
  );
});
