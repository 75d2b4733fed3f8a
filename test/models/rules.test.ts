import { describe, expect, it } from 'vitest';
import { initializers } from '../../src/index';
import { fillingLabel } from '../../src/initializers/label';
import { resolveFilling } from '../../src/initializers/resolve';
import { applyRules } from '../../src/models/rules/apply';
import { parseRules, type RuleTable } from '../../src/models/rules/rule';
import { RULE_TABLES } from '../../src/models/rules/tables';

type Shapes = Record<string, number[]>;

const list = (shapes: Shapes): { name: string; shape: number[] }[] =>
  Object.entries(shapes).map(([name, shape]) => ({ name, shape }));

/** What each tensor draws, as `kind` and its numbers with 6 digits. */
function draws(shapes: Shapes, rules: string | RuleTable): Record<string, string> {
  const { filled, skipped } = applyRules(list(shapes), rules);
  const digits = (value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(6)) : value;
  const texts = filled.map(({ tensor, filling }) => {
    const all = resolveFilling(filling, tensor.shape).parts.map(({ initializer, range }) => {
      const { kind, ...numbers } = initializer.resolve(tensor.shape);
      return `${kind} ${Object.values(numbers).map(digits).join(' ')} x${range.count}`;
    });
    return [tensor.name, all.join(', ')];
  });
  return Object.fromEntries([...texts, ...skipped.map(({ name }) => [name, 'skipped'])]) as Record<
    string,
    string
  >;
}

describe('applyRules', () => {
  it('takes the first rule that matches, by name and rank', () => {
    const rules: RuleTable = [
      { pattern: 'a.*.bias', initializer: 'ones' },
      { pattern: /^b\.|mask$/, skip: true },
      { pattern: '**.bias', initializer: 'zeros' },
      { pattern: '**', rank: 1, initializer: { class_name: 'Constant', config: { value: 2 } } },
      { pattern: '**', minRank: 2, initializer: initializers.randomNormal({ stddev: 3 }) },
    ];
    expect(
      draws(
        { 'a.0.bias': [2], 'b.bias': [2], 'a.bias': [2], scale: [5], w: [2, 3], k: [2, 3, 4], 'x.mask': [2] },
        rules,
      ),
    ).toEqual({
      'a.0.bias': 'constant 1 x2',
      'b.bias': 'skipped',
      'a.bias': 'constant 0 x2',
      scale: 'constant 2 x5',
      w: 'normal 0 3 x6',
      k: 'normal 0 3 x24',
      'x.mask': 'skipped',
    });
  });

  it('a RegExp with a memory finds every name', () => {
    expect(
      Object.keys(draws({ aa: [1], ab: [1], ac: [1] }, [{ pattern: /a/g, initializer: 'ones' }])),
    ).toHaveLength(3);
  });

  // torch.nn.init._calculate_fan_in_and_fan_out: fan in is size(1), fan out size(0), each times the window.
  it.each<[string, object, string]>([
    ['he_uniform', { shape: [8, 6] }, 'uniform -1 1 x48'],
    ['glorot_uniform', { shape: [8, 4] }, 'uniform -0.707107 0.707107 x32'],
    ['he_uniform', { shape: [5, 3, 2, 4] }, 'uniform -0.5 0.5 x120'],
    ['orthogonal', { shape: [5, 3, 2] }, 'orthogonal 5 6 1 0 x30'],
  ])('layout torch: %s of %j', (initializer, { shape }: { shape?: number[] }, text) => {
    expect(draws({ w: shape! }, [{ pattern: 'w', initializer, layout: 'torch' }])).toEqual({ w: text });
  });

  it('takes the fans from a sibling, and matches only where there is one', () => {
    const rules: RuleTable = [
      { pattern: '**.bias', fanOf: 'weight', minRank: 2, initializer: 'he_uniform', layout: 'torch' },
      { pattern: '**.bias', fanOf: 'weight', initializer: 'zeros' },
      { pattern: '**', initializer: 'ones' },
    ];
    const shapes = {
      'a.weight': [2, 24],
      'a.bias': [2],
      'n.weight': [3],
      'n.bias': [3],
      'alone.bias': [4],
      weight: [5, 6],
      bias: [5],
    };
    expect(draws(shapes, rules)).toMatchObject({
      'a.bias': 'uniform -0.5 0.5 x2',
      'n.bias': 'constant 0 x3',
      'alone.bias': 'constant 1 x4',
      bias: 'uniform -1 1 x5',
    });
  });

  it('keeps a padding row zeros', () => {
    const rules = (padding: number): RuleTable => [
      { pattern: 'e', initializer: { class_name: 'RandomNormal', config: { stddev: 1 } }, padding },
    ];
    expect(draws({ e: [4, 3] }, rules(0)).e).toBe('constant 0 x3, normal 0 1 x9');
    expect(draws({ e: [4, 3] }, rules(1)).e).toBe('normal 0 1 x3, constant 0 x3, normal 0 1 x6');
    expect(draws({ e: [4, 3] }, rules(3)).e).toBe('normal 0 1 x9, constant 0 x3');
  });

  it('has names of tables among its rules', () => {
    const shapes = { 'fc.weight': [4, 9], 'head.weight': [2, 4] };
    expect(draws(shapes, [{ pattern: 'head.*', initializer: 'zeros' }, 'torch'])).toEqual({
      'fc.weight': 'uniform -0.333333 0.333333 x36',
      'head.weight': 'constant 0 x8',
    });
  });

  it.each<[string, Shapes, unknown, string]>([
    [
      'a tensor that no rule matches',
      { 'a.w': [2, 3] },
      [{ pattern: 'b', initializer: 'ones', optional: true }],
      'no rule matches tensor "a.w" of shape [2,3]',
    ],
    [
      'several of them',
      { 'a.w': [], b: [], c: [1], d: [] },
      [{ pattern: 'b', initializer: 'ones' }],
      'no rule matches 3 tensors: "a.w" of shape [] (1), "c" of shape [1] (1), "d" of shape [] (1)',
    ],
    [
      'a rule that matches nothing',
      { a: [1] },
      [
        { pattern: 'a', initializer: 'ones' },
        { pattern: 'b.*', initializer: 'ones' },
      ],
      'rule 2 ("b.*") matches no tensor that an earlier rule leaves; remove it or set "optional": true',
    ],
    [
      'a rule in the shadow of another',
      { a: [1] },
      [
        { pattern: '**', initializer: 'ones' },
        { pattern: 'a', initializer: 'ones' },
      ],
      'rule 2 ("a") matches no tensor',
    ],
    [
      'an unknown table',
      { a: [1] },
      'torsh',
      'unknown rules "torsh"; did you mean torch? Known: torch, gpt2, llama',
    ],
    ['an unknown table in a list', { a: [1] }, ['constructor'], 'unknown rules "constructor"'],
    [
      'rules that are no list',
      { a: [1] },
      {},
      'rules must be the name of a table or a list of rules, got {}',
    ],
    ['a rule that is none', { a: [1] }, [3], 'rule 1 must be an object, got 3'],
    ['a hole', { a: [1] }, new Array(1), 'rule 1 must be an object, got undefined'],
    [
      'an unknown key',
      { a: [1] },
      [{ pattern: 'a', initialiser: 'ones' }],
      'rule 1 has the unknown key "initialiser"; did you mean initializer? Known keys: pattern, initializer',
    ],
    [
      'no pattern',
      { a: [1] },
      [{ initializer: 'ones' }],
      '"pattern" of rule 1 must be a glob or a RegExp, got undefined',
    ],
    [
      'a malformed pattern',
      { a: [1] },
      [{ pattern: 'a**', initializer: 'ones' }],
      'rule 1 ("a**"): ** must stand alone',
    ],
    [
      'no initializer',
      { a: [1] },
      [{ pattern: 'a' }],
      'rule 1 ("a"): a rule needs an initializer, or "skip": true',
    ],
    [
      'an unknown initializer',
      { a: [1] },
      [{ pattern: /a/, initializer: 'onez' }],
      'rule 1 (/a/): unknown initializer "onez"',
    ],
    [
      'an initializer’s seed',
      { a: [1] },
      [{ pattern: 'a', initializer: { class_name: 'HeNormal', config: { seed: 1 } } }],
      'rule 1 ("a"): its initializer has the seed 1',
    ],
    [
      'an initializer for nothing',
      { a: [1] },
      [{ pattern: 'a', skip: true, initializer: 'ones' }],
      'a rule that skips has no use for initializer',
    ],
    [
      'a rank that is none',
      { a: [1] },
      [{ pattern: 'a', initializer: 'ones', rank: '1' }],
      'rank must be an integer',
    ],
    [
      'a flag that is none',
      { a: [1] },
      [{ pattern: 'a', initializer: 'ones', optional: 1 }],
      'optional must be true or false, got 1',
    ],
    [
      'another layout',
      { a: [1] },
      [{ pattern: 'a', initializer: 'he_normal', layout: 'keras' }],
      'layout must be one of torch, got "keras"',
    ],
    [
      'a layout for what counts no fans',
      { a: [1, 2] },
      [{ pattern: 'a', initializer: 'ones', layout: 'torch' }],
      'tensor "a", rule 1 ("a"): layout is for initializers that count fans, which Ones does not',
    ],
    [
      'a layout for a vector',
      { a: [1] },
      [{ pattern: 'a', initializer: 'he_normal', layout: 'torch' }],
      'tensor "a", rule 1 ("a"): layout torch needs a tensor of rank 2 or more, got shape [1]',
    ],
    [
      'a layout beside axes',
      { a: [1, 2] },
      [
        {
          pattern: 'a',
          initializer: { class_name: 'HeNormal', config: { input_axes: [0], output_axes: [1] } },
          layout: 'torch',
        },
      ],
      'layout and the axes in the configuration exclude each other',
    ],
    [
      'a layout for an instance',
      { a: [1, 2] },
      [{ pattern: 'a', initializer: initializers.heNormal(), layout: 'torch' }],
      'give an initializer its axes itself',
    ],
    [
      'a sibling’s path',
      { a: [1] },
      [{ pattern: 'a', initializer: 'ones', fanOf: 'b.c' }],
      'fanOf must be the last segment of a name',
    ],
    [
      'a matrix by a sibling',
      { a: [1], w: [2, 2] },
      [
        { pattern: 'a', initializer: 'orthogonal', fanOf: 'w' },
        { pattern: 'w', initializer: 'ones' },
      ],
      'fanOf is for distributions of single elements, got orthogonal',
    ],
    [
      'a padding row outside',
      { a: [2, 2] },
      [{ pattern: 'a', initializer: 'ones', padding: 2 }],
      'padding must be a row of shape [2,2], got 2',
    ],
  ])('refuses %s', (_, shapes, rules, message) => {
    let thrown: Error | undefined;
    try {
      applyRules(list(shapes), rules as RuleTable);
    } catch (error) {
      thrown = error as Error;
    }
    expect(thrown?.name).toBe('ArgumentError');
    expect(thrown?.message).toContain(message);
    expect(thrown?.message).not.toContain('\n');
  });
});

describe('parseRules', () => {
  const parse = (text: string): RuleTable => parseRules('r.json', new TextEncoder().encode(text));

  it('reads a list of rules and names', () => {
    const rules = [
      { pattern: '**.w', minRank: 2, initializer: { class_name: 'HeNormal', config: {} }, layout: 'torch' },
      { pattern: 'x', skip: true, optional: true },
      'llama',
    ];
    expect(parse(`\uFEFF${JSON.stringify(rules)}`)).toEqual(rules);
  });

  it.each([
    ['{"a": 1}', 'r.json must hold a list of rules'],
    ['[{"pattern": "a"}]', 'rule 1 of r.json ("a"): a rule needs an initializer'],
    [
      '["torch", {"pattern": "a", "initializer": "ones", "mode": 1}]',
      'rule 2 of r.json has the unknown key "mode"',
    ],
    ['[{"pattern": "a", "pattern": "b"}]', 'r.json has the key "pattern" twice'],
    ['[{"pattern": "a", "initializer": {"__proto__": 1}}]', 'which is refused'],
    ['[null]', 'rule 1 of r.json must be an object, got null'],
    ['[', 'r.json is no valid JSON'],
  ])('refuses %s', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});

describe('the published tables', () => {
  // Bounds are torch's: 1 / sqrt(fan in) for Linear, Conv and their biases, 1 / sqrt(hidden) for
  // recurrent cells, sqrt(6 / (fan in + fan out)) for MultiheadAttention's projections.
  it('torch knows the modules of PyTorch', () => {
    const shapes: Shapes = {
      'conv.weight': [16, 4, 5, 5],
      'conv.bias': [16],
      'bn.weight': [16],
      'bn.bias': [16],
      'bn.running_mean': [16],
      'bn.running_var': [16],
      'bn.num_batches_tracked': [],
      'emb.weight': [100, 8],
      'fc.weight': [10, 25],
      'fc.bias': [10],
      'rnn.weight_ih_l0': [64, 9],
      'rnn.weight_hh_l0': [64, 16],
      'rnn.bias_ih_l0': [64],
      'rnn.bias_hh_l0': [64],
      'rnn.weight_ih_l0_reverse': [64, 9],
      'rnn.weight_hh_l0_reverse': [64, 16],
      'rnn.bias_ih_l0_reverse': [64],
      'rnn.bias_hh_l0_reverse': [64],
      'cell.weight_ih': [12, 9],
      'cell.weight_hh': [12, 4],
      'cell.bias_ih': [12],
      'cell.bias_hh': [12],
      'mha.in_proj_weight': [48, 16],
      'mha.in_proj_bias': [48],
      'mha.out_proj.weight': [16, 16],
      'mha.out_proj.bias': [16],
      'mha.bias_k': [1, 1, 16],
      'other.out_proj.weight': [16, 16],
      'other.out_proj.bias': [16],
      'mha2.q_proj_weight': [16, 16],
      'patch_embedding.weight': [8, 3, 2, 2],
      'patch_embedding.bias': [8],
    };
    const quarter = (count: number): string => `uniform -0.25 0.25 x${count}`;
    expect(draws(shapes, 'torch')).toEqual({
      'conv.weight': 'uniform -0.1 0.1 x1600',
      'conv.bias': 'uniform -0.1 0.1 x16',
      'bn.weight': 'constant 1 x16',
      'bn.bias': 'constant 0 x16',
      'bn.running_mean': 'constant 0 x16',
      'bn.running_var': 'constant 1 x16',
      'bn.num_batches_tracked': 'skipped',
      'emb.weight': 'normal 0 1 x800',
      'fc.weight': 'uniform -0.2 0.2 x250',
      'fc.bias': 'uniform -0.2 0.2 x10',
      'rnn.weight_ih_l0': quarter(576),
      'rnn.weight_hh_l0': quarter(1024),
      'rnn.bias_ih_l0': quarter(64),
      'rnn.bias_hh_l0': quarter(64),
      'rnn.weight_ih_l0_reverse': quarter(576),
      'rnn.weight_hh_l0_reverse': quarter(1024),
      'rnn.bias_ih_l0_reverse': quarter(64),
      'rnn.bias_hh_l0_reverse': quarter(64),
      'cell.weight_ih': 'uniform -0.5 0.5 x108',
      'cell.weight_hh': 'uniform -0.5 0.5 x48',
      'cell.bias_ih': 'uniform -0.5 0.5 x12',
      'cell.bias_hh': 'uniform -0.5 0.5 x12',
      'mha.in_proj_weight': 'uniform -0.306186 0.306186 x768',
      'mha.in_proj_bias': 'constant 0 x48',
      'mha.out_proj.weight': quarter(256),
      'mha.out_proj.bias': 'constant 0 x16',
      'mha.bias_k': 'normal 0 0.25 x16',
      'other.out_proj.weight': quarter(256),
      'other.out_proj.bias': quarter(16),
      'mha2.q_proj_weight': 'uniform -0.433013 0.433013 x256',
      'patch_embedding.weight': 'uniform -0.288675 0.288675 x96',
      'patch_embedding.bias': 'uniform -0.288675 0.288675 x8',
    });
    expect(() => draws({ 'lstm.weight_hr_l0': [4, 8] }, 'torch')).toThrow(
      'no rule matches tensor "lstm.weight_hr_l0"',
    );
    expect(draws({ 'out_proj.weight': [4, 4], 'out_proj.bias': [4] }, 'torch')['out_proj.bias']).toBe(
      'uniform -0.5 0.5 x4',
    );
  });

  it.each([
    'emb',
    'a.tok_emb',
    'x.embed_tokens',
    'word_embeddings',
    'token_embedding_table',
    'tokenEmbedding',
    'wte',
    'a.wpe',
  ])('torch takes %s for an embedding', (layer) => {
    expect(draws({ [`${layer}.weight`]: [3, 4] }, 'torch')).toEqual({
      [`${layer}.weight`]: 'normal 0 1 x12',
    });
  });

  it.each(['member', 'embed.proj', 'x_embedder', 'pos_emb.0', 'newte'])(
    'torch takes %s for none',
    (layer) => {
      expect(draws({ [`${layer}.weight`]: [3, 4] }, 'torch')).toEqual({
        [`${layer}.weight`]: 'uniform -0.5 0.5 x12',
      });
    },
  );

  it('gpt2 counts the blocks, with any prefix, and leaves masks out', () => {
    const block = (i: number): Shapes => ({
      [`transformer.h.${i}.attn.bias`]: [1, 1, 8, 8],
      [`transformer.h.${i}.attn.masked_bias`]: [],
      [`transformer.h.${i}.attn.c_proj.weight`]: [4, 4],
      [`transformer.h.${i}.attn.c_proj.bias`]: [4],
      [`transformer.h.${i}.ln_1.weight`]: [4],
      [`transformer.h.${i}.mlp.c_fc.weight`]: [4, 16],
    });
    const drawn = draws(
      { 'transformer.wte.weight': [9, 4], ...block(0), ...block(1), 'lm_head.weight': [9, 4] },
      'gpt2',
    );
    expect(drawn).toMatchObject({
      'transformer.wte.weight': 'normal 0 0.02 x36',
      'lm_head.weight': 'normal 0 0.02 x36',
      'transformer.h.1.attn.bias': 'skipped',
      'transformer.h.1.attn.masked_bias': 'skipped',
      'transformer.h.1.attn.c_proj.weight': 'normal 0 0.01 x16',
      'transformer.h.0.attn.c_proj.bias': 'constant 0 x4',
      'transformer.h.0.ln_1.weight': 'constant 1 x4',
      'transformer.h.0.mlp.c_fc.weight': 'normal 0 0.02 x64',
    });
    expect(() => draws(block(1), 'gpt2')).toThrow(
      'the rules gpt2 count the blocks, but h.0 is missing: give the header of the whole model',
    );
  });

  it('bert knows the names of old and new files', () => {
    expect(
      draws(
        {
          'bert.embeddings.word_embeddings.weight': [5, 4],
          'embeddings.position_ids': [1, 8],
          'bert.embeddings.LayerNorm.gamma': [4],
          'bert.embeddings.LayerNorm.beta': [4],
          'cls.predictions.bias': [5],
          'cls.predictions.transform.LayerNorm.weight': [4],
          'cls.seq_relationship.weight': [2, 4],
        },
        'bert',
      ),
    ).toEqual({
      'bert.embeddings.word_embeddings.weight': 'constant 0 x4, normal 0 0.02 x16',
      'embeddings.position_ids': 'skipped',
      'bert.embeddings.LayerNorm.gamma': 'constant 1 x4',
      'bert.embeddings.LayerNorm.beta': 'constant 0 x4',
      'cls.predictions.bias': 'constant 0 x5',
      'cls.predictions.transform.LayerNorm.weight': 'constant 1 x4',
      'cls.seq_relationship.weight': 'normal 0 0.02 x8',
    });
  });

  it('llama has biases and norms of its kin', () => {
    expect(
      draws(
        {
          'model.layers.0.self_attn.q_proj.bias': [4],
          'model.layers.0.self_attn.q_norm.weight': [4],
          'model.layers.0.self_attn.rotary_emb.inv_freq': [2],
          'lm_head.weight': [9, 4],
        },
        'llama',
      ),
    ).toEqual({
      'model.layers.0.self_attn.q_proj.bias': 'constant 0 x4',
      'model.layers.0.self_attn.q_norm.weight': 'constant 1 x4',
      'model.layers.0.self_attn.rotary_emb.inv_freq': 'skipped',
      'lm_head.weight': 'normal 0 0.02 x36',
    });
  });

  it('all take an empty model', () => {
    for (const table of RULE_TABLES)
      expect(applyRules([], table)).toMatchObject({ filled: [], copied: [], skipped: [] });
  });
});

describe('fillingLabel', () => {
  it('says what each part is', () => {
    expect(
      fillingLabel([
        { shape: [4], initializer: 'zeros' },
        { shape: [2, 4], initializer: { class_name: 'RandomNormal', config: { stddev: 0.1 } } },
      ]),
    ).toBe('zeros[4], RandomNormal(stddev=0.1)[2, 4]');
  });
});
