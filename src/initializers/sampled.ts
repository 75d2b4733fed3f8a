import type { Distribution } from '../distributions/distribution';
import { provideDistribution } from '../distributions/parameters';
import type { SamplingKind } from '../distributions/sampling';
import type { OptionTable } from './options';
import { Random, type RandomOptions } from './random';
import { provideInitializers, type Row } from './registry';

/** An initializer whose draw no initializer of Keras needs. It brings what the draw is, and its own name. */
export abstract class Sampled<Options extends RandomOptions> extends Random<Options> {
  protected constructor(
    row: Row,
    table: OptionTable,
    options: Options,
    kind: SamplingKind,
    distribution: Distribution<any, any, any>,
  ) {
    super(row.name, table, options);
    provide(row, kind, distribution);
  }
}

/** Brings an initializer by its name, and what its draw is. */
export function provide(row: Row, kind: SamplingKind, distribution: Distribution<any, any, any>): void {
  provideInitializers([row]);
  provideDistribution(kind, distribution);
}
