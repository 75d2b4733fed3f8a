import { ArgumentError, show } from '../../core/errors';
import type { Json } from '../../formats/json';

/** What messages call the file. */
const FILE = 'config.json';

/**
 * The config.json of a checkpoint, as transformers, diffusers, timm and peft write it. What it does not say has the
 * default of the framework's configuration class; where there is no config.json at all, `assumed` lists these.
 */
export class ModelConfig {
  readonly #assumed: Map<string, string>;

  /** @param values undefined where there is no config.json */
  constructor(
    private readonly values: ReadonlyMap<string, Json> | undefined,
    assumed = new Map<string, string>(),
  ) {
    this.#assumed = assumed;
  }

  /** Whether there is one. */
  get exists(): boolean {
    return this.values !== undefined;
  }

  /** What it says that the model is: the key that does, and its value. */
  get type(): { readonly key: string; readonly value: string } | undefined {
    for (const key of ['model_type', '_class_name', 'peft_type']) {
      const value = this.values?.get(key);
      if (typeof value === 'string' && value !== '') return { key, value };
    }
    return undefined;
  }

  /** A part of it, such as text_config. Where it has none, all of that part's values are defaults. */
  inner(key: string): ModelConfig {
    const value = this.values?.get(key);
    const values = value instanceof Map ? value : new Map<string, Json>();
    return new ModelConfig(this.values && values, this.#assumed);
  }

  /** @throws ArgumentError unless it is a finite number >= 0, null or missing */
  number(key: string, initial: number): number {
    const value = this.#get(key, initial) ?? initial;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
      throw new ArgumentError(`${show(key)} of ${FILE} must be a finite number >= 0, got ${show(value)}`);
    return value;
  }

  /**
   * A number of blocks or heads.
   * @returns undefined where it is null, or missing without a default
   * @throws ArgumentError unless it is an integer in [0, 2^31), null or missing
   */
  count(key: string, initial?: number): number | undefined {
    const value = initial === undefined ? this.values?.get(key) : this.#get(key, initial);
    if (value === undefined || value === null) return undefined;
    if (!Number.isInteger(value) || (value as number) < 0 || (value as number) >= 2 ** 31)
      throw new ArgumentError(`${show(key)} of ${FILE} must be an integer in [0, 2^31), got ${show(value)}`);
    return value as number;
  }

  /**
   * An index of rows, which counts from the end where it is negative. Frameworks always write it, so that a config.json
   * without it means none.
   * @param initial the default where there is no config.json
   * @returns undefined for none
   * @throws ArgumentError unless it is an integer in [-2^31, 2^31), null or missing
   */
  row(key: string, initial?: number): number | undefined {
    if (this.values === undefined) this.#assumed.set(key, String(initial ?? 'none'));
    const value = this.values === undefined ? initial : this.values.get(key);
    if (value === undefined || value === null) return undefined;
    if (!Number.isInteger(value) || Math.abs(value as number) >= 2 ** 31)
      throw new ArgumentError(
        `${show(key)} of ${FILE} must be an integer in [-2^31, 2^31), got ${show(value)}`,
      );
    return value as number;
  }

  /** @throws ArgumentError unless it is true, false, null or missing */
  flag(key: string, initial: boolean): boolean {
    const value = this.#get(key, initial) ?? initial;
    if (typeof value !== 'boolean')
      throw new ArgumentError(`${show(key)} of ${FILE} must be true or false, got ${show(value)}`);
    return value;
  }

  /** @throws ArgumentError unless it is true, false, a string, null or missing */
  flagOrText(key: string, initial: boolean): boolean | string {
    return typeof this.values?.get(key) === 'string' ? this.text(key, '') : this.flag(key, initial);
  }

  /** @throws ArgumentError unless it is a string, null or missing */
  text(key: string, initial: string): string {
    const value = this.#get(key, initial) ?? initial;
    if (typeof value !== 'string')
      throw new ArgumentError(`${show(key)} of ${FILE} must be a string, got ${show(value)}`);
    return value;
  }

  /** What was asked for and is a default because there is no config.json: `initializer_range 0.02`. */
  get assumed(): readonly string[] {
    return [...this.#assumed].map(([key, value]) => `${key} ${value}`);
  }

  #get(key: string, initial: number | boolean | string): Json | undefined {
    if (this.values === undefined) this.#assumed.set(key, String(initial));
    return this.values?.has(key) ? this.values.get(key) : initial;
  }
}
