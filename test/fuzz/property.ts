import type { Arbitrary } from 'fast-check';

/** A promise about any input of a kind, which the fuzzer tries to break. */
export interface Property<Input = unknown> {
  readonly name: string;
  /** The inputs, as plain data: they are printed, made smaller and replayed. */
  readonly inputs: Arbitrary<Input>;
  /** Rejects where the promise is broken for `input`. */
  check(input: Input): Promise<void>;
  /** Removes what it has made. */
  close?(): void;
}
