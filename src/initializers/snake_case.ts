/** "VarianceScaling" or "varianceScaling" as Keras spells it in identifiers and configs: "variance_scaling". */
export function snakeCase(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}
