import { elementsOf } from '../case';
import { verifySample } from '../verify';
import { type Maker, timed } from './maker';

/** What everyone writes first. */
const FILLS: Readonly<Record<string, (out: Float32Array) => void>> = {
  uniform(out) {
    for (let i = 0; i < out.length; i++) out[i] = Math.random();
  },
  /** Box and Muller (1958), with 1 - u so that log never meets 0. */
  normal(out) {
    for (let i = 0; i < out.length; i += 2) {
      const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
      const angle = 2 * Math.PI * Math.random();
      out[i] = radius * Math.cos(angle);
      out[i + 1] = radius * Math.sin(angle);
    }
  },
};

export function mathRandomMaker(): Maker {
  return {
    timed: 'the loop over a Float32Array that exists, on one thread',
    async open({ draw }, of, memory) {
      const out = new Float32Array(memory.cpu(), 0, elementsOf(of));
      const fill = FILLS[draw];
      return {
        label: draw === 'normal' ? 'Math.random, Box-Muller' : 'Math.random',
        run: async () => ({ wall: await timed(() => fill(out)) }),
        verify: async () => verifySample(draw, out),
        close: () => undefined,
      };
    },
  };
}
