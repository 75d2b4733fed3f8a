import { readConfig } from './configured';
import { FAN_FIELDS, type FanOptions } from './fan_options';
import { FixedScaling } from './variance_scaling';

/**
 * Normal values cut at two standard deviations, of variance 1 / fan in: LeCun et al. (1998).
 * @see http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf
 */
export class LecunNormal extends FixedScaling {
  /** @throws ArgumentError for a bad seed or axes */
  constructor(options: FanOptions = {}) {
    super('LecunNormal', { scale: 1, mode: 'fan_in', distribution: 'truncated_normal' }, options);
  }

  static fromConfig(config: unknown): LecunNormal {
    return new LecunNormal(readConfig('LecunNormal', FAN_FIELDS, config));
  }
}

/**
 * Uniform values around 0, of variance 1 / fan in: LeCun et al. (1998).
 * @see http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf
 */
export class LecunUniform extends FixedScaling {
  /** @throws ArgumentError for a bad seed or axes */
  constructor(options: FanOptions = {}) {
    super('LecunUniform', { scale: 1, mode: 'fan_in', distribution: 'uniform' }, options);
  }

  static fromConfig(config: unknown): LecunUniform {
    return new LecunUniform(readConfig('LecunUniform', FAN_FIELDS, config));
  }
}

export function lecunNormal(options?: FanOptions): LecunNormal {
  return new LecunNormal(options);
}

export function lecunUniform(options?: FanOptions): LecunUniform {
  return new LecunUniform(options);
}
