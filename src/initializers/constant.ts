import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { Configured, readConfig } from './configured';
import { type NoOptions, NO_OPTIONS } from './no_options';
import type { Option, OptionTableOf } from './options';

/** 0 everywhere, for every shape. */
export class Zeros extends Configured<typeof NO_OPTIONS> {
  constructor(options: NoOptions = {}) {
    super('Zeros', NO_OPTIONS, options);
  }

  static fromConfig(config: unknown): Zeros {
    return new Zeros(readConfig('Zeros', NO_OPTIONS, config));
  }

  resolve(shape: Shape): Draw {
    return constantDraw(shape, 0);
  }
}

/** 1 everywhere, for every shape. */
export class Ones extends Configured<typeof NO_OPTIONS> {
  constructor(options: NoOptions = {}) {
    super('Ones', NO_OPTIONS, options);
  }

  static fromConfig(config: unknown): Ones {
    return new Ones(readConfig('Ones', NO_OPTIONS, config));
  }

  resolve(shape: Shape): Draw {
    return constantDraw(shape, 1);
  }
}

export interface ConstantOptions {
  /** A finite number; as in Python, false is 0 and true is 1. Default 0. */
  readonly value?: number | boolean;
}

const value: Option<number | boolean> = {
  initial: 0,
  check(name, given) {
    if (typeof given === 'boolean' || (typeof given === 'number' && Number.isFinite(given))) return given;
    throw new ArgumentError(`${name} must be a finite number or a boolean, got ${show(given)}`);
  },
};
const OPTIONS = { value } satisfies OptionTableOf<ConstantOptions>;

/** The same value everywhere, for every shape. */
export class Constant extends Configured<typeof OPTIONS> {
  /** @throws ArgumentError where `value` is neither a finite number nor a boolean */
  constructor(options: ConstantOptions = {}) {
    super('Constant', OPTIONS, options);
  }

  static fromConfig(config: unknown): Constant {
    return new Constant(readConfig('Constant', OPTIONS, config));
  }

  resolve(shape: Shape): Draw {
    return constantDraw(shape, Number(this.options.value));
  }
}

/** The same as `new Zeros()`. */
export function zeros(options?: NoOptions): Zeros {
  return new Zeros(options);
}

/** The same as `new Ones()`. */
export function ones(options?: NoOptions): Ones {
  return new Ones(options);
}

/** The same as `new Constant(options)`. */
export function constant(options?: ConstantOptions): Constant {
  return new Constant(options);
}

function constantDraw(shape: Shape, number: number): Draw {
  elementCount(shape);
  return { kind: 'constant', value: number };
}
