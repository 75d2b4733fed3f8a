export { SCRATCH, SCRATCH_ELEMENTS } from './scratch';
export { bits } from './bits';
export { threefryBits } from './threefry';
export { boxMuller } from './box_muller';
export { redraw } from './truncated_normal';
export { clamp } from './clamp';
export { affine, setAffine } from './affine';
export { toBfloat16, toFloat16 } from './float';
export { apply, factor, QR_MEMORY, unpack } from './qr';
