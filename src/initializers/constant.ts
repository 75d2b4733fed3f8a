import type { Draw } from '../distributions/draw';
import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import { Configured, readConfig } from './configured';
import type { Field, FieldsOf } from './fields';

type NoOptions = Record<string, never>;
const NONE = {};

/** 0 everywhere, for every shape. */
export class Zeros extends Configured<typeof NONE> {
  constructor(options: NoOptions = {}) {
    super('Zeros', NONE, options);
  }

  static fromConfig(config: unknown): Zeros {
    return new Zeros(readConfig('Zeros', NONE, config));
  }

  resolve(shape: Shape): Draw {
    return constantDraw(shape, 0);
  }
}

/** 1 everywhere, for every shape. */
export class Ones extends Configured<typeof NONE> {
  constructor(options: NoOptions = {}) {
    super('Ones', NONE, options);
  }

  static fromConfig(config: unknown): Ones {
    return new Ones(readConfig('Ones', NONE, config));
  }

  resolve(shape: Shape): Draw {
    return constantDraw(shape, 1);
  }
}

export interface ConstantOptions {
  /** A finite number; as in Python, false is 0 and true is 1. Default 0. */
  readonly value?: number | boolean;
}

const value: Field<number | boolean> = {
  initial: 0,
  check(name, given) {
    if (typeof given === 'boolean' || (typeof given === 'number' && Number.isFinite(given))) return given;
    throw new ArgumentError(`${name} must be a finite number or a boolean, got ${show(given)}`);
  },
};
const FIELDS = { value } satisfies FieldsOf<ConstantOptions>;

/** The same value everywhere, for every shape. */
export class Constant extends Configured<typeof FIELDS> {
  /** @throws ArgumentError where `value` is neither a finite number nor a boolean */
  constructor(options: ConstantOptions = {}) {
    super('Constant', FIELDS, options);
  }

  static fromConfig(config: unknown): Constant {
    return new Constant(readConfig('Constant', FIELDS, config));
  }

  resolve(shape: Shape): Draw {
    return constantDraw(shape, Number(this.options.value));
  }
}

export function zeros(options?: NoOptions): Zeros {
  return new Zeros(options);
}

export function ones(options?: NoOptions): Ones {
  return new Ones(options);
}

export function constant(options?: ConstantOptions): Constant {
  return new Constant(options);
}

function constantDraw(shape: Shape, number: number): Draw {
  elementCount(shape);
  return { kind: 'constant', value: number };
}
