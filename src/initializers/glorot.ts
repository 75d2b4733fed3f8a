import { readConfig } from './configured';
import { FAN_FIELDS, type FanOptions } from './fan_options';
import { FixedScaling } from './variance_scaling';

/**
 * Normal values cut at two standard deviations, of variance 2 / (fan in + fan out): Glorot and Bengio (2010), also called Xavier's.
 * @see https://proceedings.mlr.press/v9/glorot10a.html
 */
export class GlorotNormal extends FixedScaling {
  /** @throws ArgumentError for a bad seed or axes */
  constructor(options: FanOptions = {}) {
    super('GlorotNormal', { scale: 1, mode: 'fan_avg', distribution: 'truncated_normal' }, options);
  }

  static fromConfig(config: unknown): GlorotNormal {
    return new GlorotNormal(readConfig('GlorotNormal', FAN_FIELDS, config));
  }
}

/**
 * Uniform values around 0, of variance 2 / (fan in + fan out): Glorot and Bengio (2010), also called Xavier's.
 * @see https://proceedings.mlr.press/v9/glorot10a.html
 */
export class GlorotUniform extends FixedScaling {
  /** @throws ArgumentError for a bad seed or axes */
  constructor(options: FanOptions = {}) {
    super('GlorotUniform', { scale: 1, mode: 'fan_avg', distribution: 'uniform' }, options);
  }

  static fromConfig(config: unknown): GlorotUniform {
    return new GlorotUniform(readConfig('GlorotUniform', FAN_FIELDS, config));
  }
}

export function glorotNormal(options?: FanOptions): GlorotNormal {
  return new GlorotNormal(options);
}

export function glorotUniform(options?: FanOptions): GlorotUniform {
  return new GlorotUniform(options);
}
