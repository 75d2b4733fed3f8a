/**
 * How normals are computed. 'exact': in integers, the same bits everywhere. 'native': with the
 * device's own log, sqrt, sin and cos, which is faster and not portable.
 */
export const MATHS = ['exact', 'native'] as const;
export type MathMode = (typeof MATHS)[number];
