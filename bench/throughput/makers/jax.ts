import type { Array as JaxArray } from '@jax-js/jax';
import type { Case } from '../case';
import type { DrawName } from '../draws';
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
      const make = functionOf(random, draw);
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
        verify: async () => verifySample(draw, await last!.ref.data()),
        readBack: () => last!.ref.data(),
        close: () => last?.dispose(),
      };
    },
  };
}

/** Its function of a draw in the standard form. */
function functionOf(random: Jax['random'], draw: DrawName): (key: JaxArray, shape: number[]) => JaxArray {
  switch (draw) {
    case 'bernoulli':
      return (key, shape) => random.bernoulli(key, 0.1, shape);
    case 'rademacher':
      return (key, shape) => random.rademacher(key, { shape });
    case 'randint':
      return (key, shape) => random.randint(key, { minval: 0, maxval: 1000, shape });
    case 'lognormal':
      return (key, shape) => random.lognormal(key, 1, shape);
    case 'uniform':
    case 'normal':
    case 'exponential':
    case 'laplace':
    case 'logistic':
    case 'gumbel':
      return random[draw];
    default:
      throw new Error(`it draws no ${draw}`);
  }
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
