import type { Array as JaxArray } from '@jax-js/jax';
import type { Case } from '../case';
import { verifySample } from '../verify';
import { logitsOf, verifyChoice } from './choice';
import { type Contender, type Maker, timed } from './maker';

export type Jax = typeof import('@jax-js/jax');

/** jax-js, on a device of its own from the same adapter: it adopts none. */
export function jaxMaker(load: () => Promise<Jax>): Maker {
  let ready: Promise<Jax> | undefined;
  return {
    timed:
      'the function and blockUntilReady, until its queue reports the work done; the array is disposed outside the clock',
    async open({ draw }, of) {
      const { shape } = of;
      ready ??= load().then(start);
      const { random, getWebGPUDevice } = await ready;
      const { queue } = getWebGPUDevice();
      if (draw === 'categorical') return openChoice(await ready, of);
      const make = draw === 'normal' ? random.normal : random.uniform;
      let seed = 0;
      let last: JaxArray | undefined;
      return {
        label: `jax-js random.${draw}`,
        async run() {
          last?.dispose();
          const key = random.key(++seed);
          const wall = await timed(async () => {
            last = make(key, [...shape]);
            await last.blockUntilReady();
            await queue.onSubmittedWorkDone();
          });
          return { wall };
        },
        // `data` takes the array with it, `ref` keeps it.
        verify: async () => verifySample(draw, (await last!.ref.data()) as Float32Array),
        readBack: () => last!.ref.data(),
        close: () => last?.dispose(),
      };
    },
  };
}

async function openChoice({ numpy, random, getWebGPUDevice }: Jax, of: Case): Promise<Contender> {
  const { queue } = getWebGPUDevice();
  const source = await logitsOf(of);
  const logits = numpy.array(source).reshape([...of.shape]);
  let seed = 0;
  let last: JaxArray | undefined;
  return {
    label: 'jax-js random.categorical',
    async run() {
      last?.dispose();
      const key = random.key(++seed);
      const wall = await timed(async () => {
        last = random.categorical(key, logits.ref);
        await last.blockUntilReady();
        await queue.onSubmittedWorkDone();
      });
      return { wall };
    },
    verify: async () => verifyChoice(source, of.shape, await last!.ref.data()),
    close() {
      last?.dispose();
      logits.dispose();
    },
  };
}

async function start(jax: Jax): Promise<Jax> {
  const devices = await jax.init('webgpu');
  if (!devices.includes('webgpu')) throw new Error('its WebGPU backend does not start');
  jax.defaultDevice('webgpu');
  return jax;
}
