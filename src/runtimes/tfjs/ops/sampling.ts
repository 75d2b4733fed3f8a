import { provideTwins } from '../../../backends/cpu/reference/fill';
import { SAMPLING_TWINS } from '../../../backends/cpu/reference/sampling';
import { provideShaders } from '../../../backends/gpu/pipelines/loaded_shaders';
import { SAMPLING_SHADERS } from '../../../backends/gpu/pipelines/sampling';

/** Gives the library the code of all draws, because tf.js's operations wait for no promise. */
export function provideSampling(): void {
  provideShaders(SAMPLING_SHADERS);
  provideTwins(SAMPLING_TWINS);
}
