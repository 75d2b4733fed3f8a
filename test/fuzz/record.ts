import fc, { type Arbitrary } from 'fast-check';

type Fields = Record<string, Arbitrary<unknown>>;
type Values<F extends Fields> = { [K in keyof F]: F[K] extends Arbitrary<infer Value> ? Value : never };

/** Objects with all of these fields, as object literals are. */
export function record<F extends Fields>(fields: F): Arbitrary<Values<F>> {
  return fc.record(fields, { noNullPrototype: true }) as Arbitrary<Values<F>>;
}

/** Objects with some of these fields, and with `required` of them always. */
export function someOf<F extends Fields, K extends keyof F & string = never>(
  fields: F,
  ...required: K[]
): Arbitrary<Partial<Values<F>> & Pick<Values<F>, K>> {
  return fc.record(fields, { requiredKeys: required, noNullPrototype: true }) as Arbitrary<
    Partial<Values<F>> & Pick<Values<F>, K>
  >;
}
