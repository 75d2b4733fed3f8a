import { duration } from '../../src/text/numbers';
import { DoesNotFit } from '../throughput/reasons';

/** @throws DoesNotFit where so many milliseconds are more than are left */
export function checkTime(milliseconds: number, left: number): void {
  if (milliseconds > left)
    throw new DoesNotFit(
      `it would take about ${duration(milliseconds / 1000)}, and ${duration(left / 1000)} were left`,
    );
}
