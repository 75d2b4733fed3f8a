/**
 * A name in Keras's snake_case: "HeNormal" is "he_normal", "inputAxes" is "input_axes", "Conv2D" is "conv2d".
 * @see keras/src/utils/naming.py, to_snake_case
 */
export function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** A name of Keras's in camelCase: "input_axes" is "inputAxes". */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
