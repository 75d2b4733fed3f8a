import { describe, expect, it } from 'vitest';
import { describeModel } from '../../../src/models';
import { type Checkpoint, checkpoints, expectFilling, type Expected } from './vectors';

/** Families of which no table is. */
const isTable = (expected: Expected | null | undefined): boolean =>
  typeof expected === 'object' && expected !== null && ('table' in expected || 'softplus_inverse_log_uniform' in expected);

const only = process.env.FAMILY;

const transformers = checkpoints.filter(
  ({ framework, family }) => (only === undefined || only.split(',').includes(family)) && framework !== 'header only',
);

describe.each(transformers.map((one) => [`${one.family}, ${one.variant}, ${one.framework}`, one] as const))(
  '%s',
  (_, checkpoint: Checkpoint) => {
    it('is filled as its framework does', () => {
      const { header, config, expected } = checkpoint;
      const { tensors } = describeModel(header as never, { rules: 'auto', config });
      const names = new Set(tensors.map(({ name }) => name));
      for (const [name, fill] of expected)
        if (fill !== null && header[name].dtype.includes('F')) expect(names, name).toContain(name);
      for (const tensor of tensors) {
        const fill = expected.get(tensor.name);
        if (isTable(fill)) continue;
        expectFilling(tensor, fill!);
      }
    });
  },
);
