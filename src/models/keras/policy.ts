import { ArgumentError, show } from '../../core/errors';

/**
 * The name of a dtype policy.
 * @param dtype the name, or Keras's envelope of the policy; null is float32
 * @throws ArgumentError for a quantized policy, whose weights are no longer those of the layer
 */
export function policyName(dtype: unknown): string {
  if (dtype === undefined || dtype === null) return 'float32';
  if (typeof dtype === 'string') return dtype;
  const { class_name: name, config } = Object(dtype) as {
    class_name?: unknown;
    config?: Record<string, unknown>;
  };
  if (typeof name !== 'string' || typeof config !== 'object' || config === null)
    throw new ArgumentError(`dtype must be a string or a dtype policy, got ${show(dtype)}`);
  if (/Quantized/.test(name))
    throw new ArgumentError(
      `dtype is the quantized policy ${show(config.name)}: quantized weights cannot be initialized`,
    );
  return policyName(name === 'DTypePolicyMap' ? config.default_policy : config.name);
}

/** The type in which a policy keeps variables. Mixed policies compute in halves, but keep float32. */
export function variableDtype(name: string): string {
  return /^(mixed_|infer)/.test(name) ? 'float32' : name.replace(/_with_float32_vars$/, '');
}
