import type { Member } from './member';

/** A layer with one weight. */
export const layer: Member = {
  heading: 'A Keras layer',
  names: { group: 'offset' },
  files: {
    'src/models/keras/kinds/offset.ts': `import { initializer } from '../config_fields';
import { kind } from '../kind';
import { sizeOf } from '../shape';

const offset = kind({
  className: 'Offset',
  fields: { offset_initializer: initializer('ones') },
  build(layer, config, call) {
    layer.weight('offset', [sizeOf(call.shape, -1)], config.offset_initializer);
  },
  output: (_config, call) => call.shape,
});

export const offsets = {
  /** Adds a vector. Weights: offset \`[channels]\`. The shape stays. */
  offset,
};
`,
  },
  lines: {
    'src/models/keras/registry.ts': [
      ["from './kinds/normalization'", "import { offsets } from './kinds/offset';"],
      ['  typeof normalizations &', '  typeof offsets &'],
      ['  ...normalizations,', '  ...offsets,'],
    ],
    'test/models/keras/sequential.test.ts': [
      [
        "describe('",
        `  it('has the weights of an offset', () => {
    const model = new Sequential([layers.offset({ inputShape: [5] })]);
    expect(model.weights.map(({ name, shape }) => [name, shape])).toEqual([['offset/offset', [5]]]);
  });
`,
      ],
    ],
  },
};
