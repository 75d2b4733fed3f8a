/**
 * Returns a name in Keras's snake_case: "he_normal" for "HeNormal", "input_axes" for "inputAxes", "conv2d"
 * for "Conv2D".
 * @see keras/src/utils/naming.py, to_snake_case
 */
export function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** Returns a name of Keras's in camelCase: "inputAxes" for "input_axes". */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
