import { describe, expect, it } from 'vitest';
import { ArgumentError, Sampler } from '../../src/index';
import { get, serialize } from '../../src/initializers';

const cpu = await Sampler.create({ backend: 'cpu', threads: 1 });
const SAME: [names: string[], identifier: string][] = [
  [['zeros_'], 'zeros'],
  [['ones_'], 'ones'],
  [['eye', 'eye_'], 'identity'],
  [['xavier_uniform', 'xavier_uniform_', 'glorotUniform'], 'glorot_uniform'],
  [['heUniform'], 'he_uniform'],
  [['leCunUniform', 'LeCunUniform', 'lecunUniform'], 'lecun_uniform'],
  [['randomNormal'], 'random_normal'],
  [['randomUniform'], 'random_uniform'],
  [['truncatedNormal'], 'truncated_normal'],
  [['varianceScaling'], 'variance_scaling'],
];

describe('a name of torch or TensorFlow.js that means the same', () => {
  it.each(SAME.flatMap(([names, identifier]) => names.map((name) => [name, identifier] as const)))(
    '%s is %s, under Keras’s name in configurations',
    async (name, identifier) => {
      expect(serialize(get(name))).toEqual(serialize(get(identifier)));
      expect(get({ class_name: name, config: {} }).className).toBe(get(identifier).className);
      const [a, b] = await Promise.all(
        [name, identifier].map(async (one) => (await cpu.fill(one, [6, 5], { seed: 42 })).data()),
      );
      expect(a).toEqual(b);
    },
  );

  it('orthogonal_ takes the first axis as rows, as torch does', async () => {
    expect(serialize(get('orthogonal_'))).toMatchObject({
      class_name: 'Orthogonal',
      config: { gain: 1, layout: 'torch' },
    });
    const values = async (initializer: string, shape: number[]): Promise<unknown> =>
      (await cpu.fill(initializer, shape, { seed: 1 })).data();
    expect(await values('orthogonal_', [4, 3])).toEqual(await values('orthogonal', [4, 3]));
    expect(get('orthogonal_').resolve([8, 4, 3, 3])).toMatchObject({ rows: 8, columns: 36 });
  });

  it('orthogonal_ reads a configuration as Orthogonal does', () => {
    const read = (config: unknown): unknown => get({ class_name: 'orthogonal_', config }).getConfig();
    expect(read({ gain: 2, seed: 7 })).toEqual({ gain: 2, seed: 7, layout: 'torch' });
    expect(read({ layout: 'delta', dtype: 'float32' })).toEqual({ gain: 1, seed: null, layout: 'delta' });
    for (const config of [{ gian: 2 }, new Map(), [], 'x', { gain: NaN }])
      expect(() => read(config)).toThrow(ArgumentError);
  });
});

describe('a name that is none', () => {
  const endOf = (name: string): string => {
    try {
      get(name);
    } catch (error) {
      expect(error).toBeInstanceOf(ArgumentError);
      const { message } = error as Error;
      expect(message).toMatch(/^unknown initializer "[^\n]*known identifiers: zeros, [^\n]*$/i);
      return message
        .slice(message.indexOf('"; ') + 3)
        .replace(/known identifiers: .*/i, '')
        .trim();
    }
    throw new Error(`${name} is known`);
  };

  it.each([
    // A misspelling, in each spelling.
    ['he_norml', 'he_normal'],
    ['heUnifrm', 'heUniform'],
    ['HeNorml', 'HeNormal'],
    ['henormal', 'he_normal'],
    ['HE_NORMAL', 'he_normal'],
    [' zeros', 'zeros'],
    ['zeroes', 'zeros'],
    ['glorot_unifrom', 'glorot_uniform'],
    ['glorotUnifrom', 'glorotUniform'],
    ['le_cun_normal', 'lecun_normal'],
    ['LeCunNormel', 'LecunNormal'],
    ['truncatednormal', 'truncated_normal'],
    ['xavier_unifrm_', 'xavier_uniform_'],
    ['zeroes_', 'zeros_'],
    ['XavierUniform', 'GlorotUniform'],
    ['orthogonl', 'orthogonal'],
    ['ortho', 'orthogonal'],
    // Half a name, or more than one.
    ['he', 'he_normal or he_uniform'],
    ['xavier', 'glorot_normal or glorot_uniform'],
    ['Kaiming', 'HeNormal or HeUniform'],
    ['random', 'random_normal or random_uniform'],
    ['zeros_initializer', 'zeros'],
    ['HeNormalInitializer', 'HeNormal'],
  ])('%j is near to %s', (name, near) => {
    expect(endOf(name)).toBe(`did you mean ${near}?`);
  });

  it.each([
    // TensorFlow.js does not rescale its truncated normals.
    ['heNormal', 'he_normal', /0\.88/],
    ['heNorml', 'he_normal', /0\.88/],
    ['glorotNormal', 'glorot_normal', /0\.88/],
    ['leCunNormal', 'lecun_normal', /0\.88/],
    ['kaiming_uniform', 'he_uniform', /\[outputs, inputs/],
    ['kaiming_uniform_', 'he_uniform', /\[outputs, inputs/],
    ['kaimingUniform', 'heUniform', /\[outputs, inputs/],
    ['kaming_uniform', 'he_uniform', /\[outputs, inputs/],
    ['kaiming_normal', 'he_normal', /untruncated.*\[outputs, inputs/],
    ['KaimingNormal', 'HeNormal', /untruncated/],
    ['xavier_normal', 'glorot_normal', /untruncated/],
    ['xavier_normal_', 'glorot_normal', /untruncated/],
    ['trunc_normal_', 'truncated_normal', /stddev 1/],
    ['uniform_', 'random_uniform', /\[0, 1\)/],
    ['normal_', 'random_normal', /stddev 1/],
    ['constant_', 'constant', /value/],
    ['delta_orthogonal', 'orthogonal', /layout 'delta'/],
  ])('%s is similar to %s, and the message says what differs', (name, similar, difference) => {
    const end = endOf(name);
    expect(end).toContain(`did you mean ${similar}? `);
    expect(end).toMatch(difference);
  });

  it.each(['', 'Initializer', 'function', 'constructor', '__proto__', 'toString', 'größe', '🙂'])(
    '%j is near to none',
    (name) => {
      expect(endOf(name)).toBe('');
    },
  );

  it('costs no time where it is long', () => {
    const begin = performance.now();
    for (const unit of ['he_norml', 'A', '_', '\ud800', 'a_B']) endOf(unit.repeat(1e6));
    expect(performance.now() - begin).toBeLessThan(3000);
  });
});
