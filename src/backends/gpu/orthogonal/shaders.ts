import { body as applyTriangle } from '../../../../shaders/qr/apply_triangle.wgsl';
import { body as factor } from '../../../../shaders/qr/factor.wgsl';
import { body as project } from '../../../../shaders/qr/project.wgsl';
import { body as unpack } from '../../../../shaders/qr/unpack.wgsl';
import { body as update } from '../../../../shaders/qr/update.wgsl';
import type { QrKernel } from '../../../jobs/qr_plan';

export type { QrKernel };

/** The linked WGSL of every kernel of the factorization. */
export const QR_SHADERS: Readonly<Record<QrKernel, string>> = {
  factor,
  unpack,
  project,
  apply_triangle: applyTriangle,
  update,
};
