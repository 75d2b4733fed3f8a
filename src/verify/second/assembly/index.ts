export { PATTERNS, SCRATCH_ELEMENTS } from './scratch';
export { words } from './words';
export { normals, redraw } from './normals';
export { clamp, clampWords } from './clamp';
export { affineNarrow, affineWide, scaled, setAffine } from './affine';
export { toBfloat16, toFloat16 } from './half';
export { order16, order32 } from './order';
