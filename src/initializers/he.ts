import { readConfig } from './configured';
import { FAN_FIELDS, type FanOptions } from './fan_options';
import { FixedScaling } from './variance_scaling';

/**
 * Normal values cut at two standard deviations, of variance 2 / fan in: He et al. (2015).
 * @see https://arxiv.org/abs/1502.01852
 */
export class HeNormal extends FixedScaling {
  /** @throws ArgumentError for a bad seed or axes */
  constructor(options: FanOptions = {}) {
    super('HeNormal', { scale: 2, mode: 'fan_in', distribution: 'truncated_normal' }, options);
  }

  static fromConfig(config: unknown): HeNormal {
    return new HeNormal(readConfig('HeNormal', FAN_FIELDS, config));
  }
}

/**
 * Uniform values around 0, of variance 2 / fan in: He et al. (2015).
 * @see https://arxiv.org/abs/1502.01852
 */
export class HeUniform extends FixedScaling {
  /** @throws ArgumentError for a bad seed or axes */
  constructor(options: FanOptions = {}) {
    super('HeUniform', { scale: 2, mode: 'fan_in', distribution: 'uniform' }, options);
  }

  static fromConfig(config: unknown): HeUniform {
    return new HeUniform(readConfig('HeUniform', FAN_FIELDS, config));
  }
}

export function heNormal(options?: FanOptions): HeNormal {
  return new HeNormal(options);
}

export function heUniform(options?: FanOptions): HeUniform {
  return new HeUniform(options);
}
