import type { Watch } from '../../core/watch';
import { approach } from '../approach';
import type { Job, Stretch } from '../../jobs/job';
import type { Computer, ElementParameters } from './computer';
import type { Source } from './source';
import { pause } from './turns';

/** The source of a stretch. An orthogonal matrix is computed here, before its first element is asked for. */
export async function openSource(
  computer: Computer,
  { key, dtype }: Job,
  { params, range }: Stretch,
  watch: Watch,
): Promise<Source> {
  if (params.kernel === 'orthogonal' && range.count > 0) {
    const { openOrthogonal } = await import('./orthogonal/source');
    return openOrthogonal(computer, params, key, dtype, watch);
  }
  if (range.count > 0) await approach(params, key, range.start, () => pause(watch.signal));
  const elements = { params: params as ElementParameters, key, dtype };
  return {
    fill: async (start, out, watch) => {
      if (out.length > 0) await computer.fill(elements, start, out, watch);
    },
    close() {
      // There is nothing to free.
    },
  };
}
