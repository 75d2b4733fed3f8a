import type { Checkpoint } from './checkpoint';
import type { TableRule } from './rule';

/** A published table of rules: how the tensors of a family of checkpoints are filled. */
export interface Table {
  /** Its name as the value of `rules`. */
  readonly name: string;
  /**
   * What the config.json of the family's checkpoints says in model_type, or diffusers' in _class_name. Without any
   * the table is that of a framework and takes every family.
   */
  readonly types: readonly string[];
  /** Its checkpoints have a name for each of these patterns. */
  readonly markers: readonly RegExp[];
  /** Its checkpoints have no names of these patterns, which those of another family with its markers have. */
  readonly without?: readonly RegExp[];
  /** Whether it fills adapters, which all other tables refuse. Default false. */
  readonly fillsAdapters?: boolean;
  /**
   * The rules in order. They match the names of the family alone, so that a tensor of another has no rule.
   * @throws ArgumentError where the checkpoint cannot be of the family
   */
  rules(checkpoint: Checkpoint): readonly TableRule[];
  /** What neither names nor config.json tell, and what was left out, a sentence each. */
  notes?(checkpoint: Checkpoint): readonly string[];
}
