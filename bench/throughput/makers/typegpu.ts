import { Stopwatch } from '../../../src/verify/stopwatch';
import { elementsOf } from '../case';
import type { DrawName } from '../draws';
import { readBuffer } from '../read_buffer';
import { DoesNotFit } from '../reasons';
import { verifySample } from '../verify';
import { type Maker, timed } from './maker';

export interface TypegpuNoise {
  readonly typegpu: typeof import('typegpu');
  readonly noise: typeof import('@typegpu/noise');
}

type Randf = TypegpuNoise['noise']['randf'];

const WORKGROUP = 256;
/** Values that an invocation draws after one seed, to spread the cost of seeding. */
const VALUES = 4;

/**
 * @typegpu/noise, functions for shaders: a kernel of this benchmark's calls them. An invocation seeds by its index
 * in two exact halves and by the run, as that package's examples do, and stores four values.
 */
export function typegpuMaker(load: () => Promise<TypegpuNoise>): Maker {
  return {
    timed:
      'one pass of a kernel around its function, through the submit, until the queue reports the work done; pipeline and buffer exist',
    async open({ draw }, of, memory) {
      const { device } = memory;
      if (device === undefined) throw new DoesNotFit('there is no GPU here');
      const count = elementsOf(of);
      const code = kernelOf(await load(), draw);
      const pipeline = await device.createComputePipelineAsync({
        layout: 'auto',
        compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
      });
      const buffer = await memory.gpu();
      const run = device.createBuffer({ size: 16, usage: 0x40 | 0x8 }); // UNIFORM and COPY_DST
      const bindGroup = device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [
          { binding: 0, resource: { buffer } },
          { binding: 1, resource: { buffer: run } },
        ],
      });
      const workgroups = Math.ceil(count / (VALUES * WORKGROUP));
      const columns = Math.min(workgroups, device.limits.maxComputeWorkgroupsPerDimension);
      const stopwatch = Stopwatch.on(device);
      let seed = 0;
      return {
        label: `@typegpu/noise randf.${nameOf(draw)}`,
        async run() {
          device.queue.writeBuffer(run, 0, Float32Array.of(++seed));
          const wall = await timed(() => {
            const encoder = device.createCommandEncoder();
            const pass = encoder.beginComputePass({ timestampWrites: stopwatch?.writes });
            pass.setPipeline(pipeline);
            pass.setBindGroup(0, bindGroup);
            pass.dispatchWorkgroups(columns, Math.ceil(workgroups / columns));
            pass.end();
            device.queue.submit([encoder.finish()]);
            return device.queue.onSubmittedWorkDone();
          });
          return { wall, gpu: await stopwatch?.read() };
        },
        verify: async () =>
          verifySample(draw, new Float32Array(await readBuffer(device, buffer, 0, 4 * count))),
        close() {
          stopwatch?.destroy();
          run.destroy();
        },
      };
    },
  };
}

/** Its name of a draw in the standard form. */
function nameOf(draw: DrawName): keyof Randf {
  switch (draw) {
    case 'uniform':
      return 'sample';
    case 'normal':
    case 'exponential':
    case 'bernoulli':
      return draw;
    default:
      throw new Error(`it draws no ${draw}`);
  }
}

/** The arguments of the standard forms. */
const ARGUMENTS: Partial<Record<keyof Randf, string>> = {
  sample: '',
  normal: '0.0, 1.0',
  exponential: '1.0',
  bernoulli: '0.1',
};

function kernelOf({ typegpu: { tgpu }, noise: { randf } }: TypegpuNoise, draw: DrawName): string {
  const name = nameOf(draw);
  const call = `drawOne(${ARGUMENTS[name]})`;
  return tgpu.resolve({
    template: `
@group(0) @binding(0) var<storage, read_write> values: array<vec4f>;
@group(0) @binding(1) var<uniform> run: f32;

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.x + id.y * groups.x * ${WORKGROUP}u;
  if (i >= arrayLength(&values)) { return; }
  seedThree(vec3f(f32(i & 0xffffu), f32(i >> 16u), run));
  let x = ${call};
  let y = ${call};
  let z = ${call};
  values[i] = vec4f(x, y, z, ${call});
}
`,
    externals: { seedThree: randf.seed3, drawOne: randf[name] },
    names: 'strict',
  });
}
