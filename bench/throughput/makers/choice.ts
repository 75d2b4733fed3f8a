/** Choices from logits: of this library, and what all of them are compared with, one read of the logits. */
import { Sampler } from '../../../src/index';
import { categorical, prepareCategorical } from '../../../src/operations';
import { Stopwatch } from '../../../src/verify/stopwatch';
import type { Case } from '../case';
import { DRAWS } from '../draws';
import { readBuffer } from '../read_buffer';
import { DoesNotFit, WrongValues } from '../reasons';
import { type Contender, type Maker, timed } from './maker';

const STORAGE = 0x80; // GPUBufferUsage; the global is missing where WebGPU is a package
const COPY_SRC = 0x4;
const SEED = 42;
/** Another one: with the same key the logits would be made of the words that choose. */
const LOGITS_SEED = 7;

/** The logits of a case, the same for all contenders: standard normal. */
export async function logitsOf({ shape }: Case): Promise<Float32Array<ArrayBuffer>> {
  const cpu = await Sampler.create({ backend: 'cpu' });
  const tensor = await cpu.fill(DRAWS.categorical(), shape, { seed: LOGITS_SEED });
  return (await tensor.data()) as Float32Array<ArrayBuffer>;
}

/**
 * Whether columns are chosen by softmax, by the mean of their logits: of standard normal logits it is 1, with a
 * standard deviation of 1 (the exponential tilt of a normal is one).
 * @throws WrongValues
 */
export function verifyChoice(
  logits: Float32Array,
  [rows, vocabulary]: readonly number[],
  columns: ArrayLike<number>,
): string {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    if (!(columns[row] >= 0 && columns[row] < vocabulary))
      throw new WrongValues(`row ${row} has the column ${columns[row]} of ${vocabulary}`);
    sum += logits[row * vocabulary + columns[row]];
  }
  const mean = sum / rows;
  const slack = 6 / Math.sqrt(rows);
  if (!(Math.abs(mean - 1) <= slack))
    throw new WrongValues(`the mean of the chosen logits is ${mean}, and not 1 +- ${slack}`);
  return `the mean of the chosen logits is ${mean.toFixed(2)}`;
}

/** This library on the GPU, prepared: it encodes, submits and waits. */
export async function openGpuChoice(device: GPUDevice, of: Case): Promise<Contender> {
  const sampler = await Sampler.create({ device });
  const [rows, vocabulary] = of.shape;
  const logits = await filled(device, of);
  const buffer = device.createBuffer({ size: 4 * rows, usage: STORAGE | COPY_SRC });
  const prepared = await prepareCategorical(sampler, logits, { rows, vocabulary, seed: SEED, buffer });
  const stopwatch = Stopwatch.on(device);
  const chosen = async (): Promise<Uint32Array> =>
    new Uint32Array(await readBuffer(device, buffer, 0, 4 * rows));
  return {
    label: 'tensorseed, prepareCategorical',
    run: () => pass(device, stopwatch, (encoder) => prepared.encode(encoder)),
    async verify() {
      const source = await logitsOf(of);
      const columns = await chosen();
      const cpu = await Sampler.create({ backend: 'cpu' });
      const want = await (await categorical(cpu, source, { vocabulary, seed: SEED })).data();
      if (want.join() !== columns.join()) throw new WrongValues('the columns are not those of the CPU');
      return `${verifyChoice(source, of.shape, columns)}, and the columns are those of the CPU`;
    },
    close() {
      stopwatch?.destroy();
      prepared.destroy();
      buffer.destroy();
      logits.destroy();
    },
  };
}

/** This library on the CPU. */
export async function openCpuChoice(sampler: Sampler, label: string, of: Case): Promise<Contender> {
  const logits = await logitsOf(of);
  let columns: ArrayLike<number> = [];
  return {
    label,
    async run() {
      const wall = await timed(async () => {
        const tokens = await categorical(sampler, logits, { vocabulary: of.shape[1], seed: SEED });
        columns = await tokens.data();
      });
      return { wall };
    },
    verify: async () => verifyChoice(logits, of.shape, columns),
    close: () => sampler.destroy(),
  };
}

const WORKGROUPS = 1024;

/** A kernel that reads all and keeps sums. */
const SUM = `
@group(0) @binding(0) var<storage, read_write> sums: array<f32>;
@group(0) @binding(1) var<storage, read> logits: array<vec4<f32>>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  var sum = vec4<f32>();
  for (var i = id.x; i < arrayLength(&logits); i += groups.x * 256u) { sum += logits[i]; }
  sums[id.x] = sum.x + sum.y + sum.z + sum.w;
}`;

/** One read of the logits, which no choice can beat. */
export function sumMaker(): Maker {
  return {
    timed: 'one dispatch that reads the logits and keeps sums, until the queue reports the work done',
    async open(_entry, of, { device }) {
      if (device === undefined) throw new DoesNotFit('there is no GPU here');
      const logits = await filled(device, of);
      const sums = device.createBuffer({ size: 4 * 256 * WORKGROUPS, usage: STORAGE | COPY_SRC });
      const module = device.createShaderModule({ code: SUM });
      const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
      const size = 4 * of.shape[0] * of.shape[1];
      const bindGroup = device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [
          { binding: 0, resource: { buffer: sums } },
          { binding: 1, resource: { buffer: logits, size } },
        ],
      });
      const stopwatch = Stopwatch.on(device);
      return {
        label: 'a sum of the logits',
        run: () =>
          pass(device, stopwatch, (encoder) => {
            encoder.setPipeline(pipeline);
            encoder.setBindGroup(0, bindGroup);
            encoder.dispatchWorkgroups(WORKGROUPS);
          }),
        async verify() {
          const parts = new Float32Array(await readBuffer(device, sums, 0, sums.size));
          const got = parts.reduce((a, b) => a + b, 0);
          const want = (await logitsOf(of)).reduce((a, b) => a + b, 0);
          if (!(Math.abs(got - want) < 1e-3 * size)) throw new WrongValues(`the sum is ${got}, not ${want}`);
          return `the sum is ${got.toFixed(0)}`;
        },
        close() {
          stopwatch?.destroy();
          sums.destroy();
          logits.destroy();
        },
      };
    },
  };
}

/** The logits in a buffer of their own: the memory of a case is what other contenders write to. */
async function filled(device: GPUDevice, of: Case): Promise<GPUBuffer> {
  const sampler = await Sampler.create({ device });
  const tensor = await sampler.fill(DRAWS.categorical(), of.shape, { seed: LOGITS_SEED });
  return tensor.buffer as GPUBuffer;
}

async function pass(
  device: GPUDevice,
  stopwatch: Stopwatch | undefined,
  encode: (encoder: GPUComputePassEncoder) => void,
): Promise<{ wall: number; gpu?: number }> {
  const wall = await timed(() => {
    const encoder = device.createCommandEncoder();
    const compute = encoder.beginComputePass({ timestampWrites: stopwatch?.writes });
    encode(compute);
    compute.end();
    device.queue.submit([encoder.finish()]);
    return device.queue.onSubmittedWorkDone();
  });
  return { wall, gpu: await stopwatch?.read() };
}
