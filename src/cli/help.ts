import { IDENTIFIERS } from '../initializers';
import { PRESETS } from '../models/presets';
import { RULE_TABLES } from '../models/rules/tables';
import { SHARDS_VARIABLE } from './launcher';

const COMPUTING = `  --dtype float32|float16|bfloat16|uint32
                     the elements' type; float32 by default, for bits uint32
  --backend auto|gpu|cpu
                     auto, the default, takes a GPU where there is one; the bytes are the same
  --math exact|native
                     exact, the default, is the same bits everywhere; native is faster on a GPU`;

const identifiers = IDENTIFIERS.filter((one) => one === one.toLowerCase());

const HELP = `tensorseed: fill tensors from a seed; the same seed gives the same bits on every device

  tensorseed sample <initializer> --shape 1024,1024 --seed 42 --out FILE
  tensorseed init <model.json | preset> --seed 42 --out FILE.safetensors
  tensorseed init <model.json | preset> --seed 42 --shard 2/8 --out FILE.safetensors
  tensorseed join FILE.safetensors.index.json --out FILE.safetensors
  tensorseed inspect FILE.safetensors
  tensorseed devices
  tensorseed bench [--quick] [--json]

  tensorseed <command> --help   says more about a command
  tensorseed --version
`;

const SAMPLE = `tensorseed sample <initializer> --shape SIZES --seed N --out FILE [options]
Fills one tensor, or a range of its elements.

  <initializer>      ${wrap(identifiers)};
                     or a class name such as HeNormal
  --shape SIZES      such as 1024,1024; --shape "" is a scalar, of rank 0
  --seed N           a decimal integer in [0, 2^64); it comes before a seed in --config
  --config JSON      the initializer's arguments, such as '{"stddev":0.02}'
  --name PATH        gives the tensor a stream of its own, derived from the seed and PATH,
                     and its name in a .safetensors file (else "tensor")
${COMPUTING}
  --start I --count N
                     only these elements, counted row-major from 0; either may stand alone
  --out FILE         .bin (raw, little endian), .npy or .safetensors, or - for raw bytes on stdout;
                     a range in .npy or .safetensors has the shape [N]; a file
                     that is there is replaced
`;

const INIT = `tensorseed init <model.json | preset> --seed N --out FILE.safetensors [options]
Fills all tensors of a model, each from the stream that the seed and its name give.

  preset             ${wrap(PRESETS)}
  model.json         {"tensors": [{"name": "w", "shape": [64, 10], "initializer": "ones"}, ...]};
                     an initializer may also be {"class_name": ..., "config": {...}}, and a tensor
                     may have a "dtype" of its own, which comes before --dtype. Or Keras's model
                     JSON or .keras file; or a safetensors file or index, of which only the headers
                     are read, with --rules
  --rules NAME|FILE  how a safetensors file's tensors are filled: a published table
                     (${RULE_TABLES.join(', ')})
                     or a JSON list such as [{"pattern": "**.weight", "initializer": "he_normal"}]
  --seed N           a decimal integer in [0, 2^64)
${COMPUTING}
  --verify           reads the file back, compares every element with the CPU reference, and
                     prints a table of all tensors; FILE appears only when all are right
  --force            overwrites what is there. Without it an output that is there is compared with
                     what would be written: the same is kept, anything else is an error. So a run
                     that was cut off goes on where it was when the command is given again
  --shard k/n        only the k-th of n parts, from 1: FILE-0000k-of-0000n.safetensors, and
                     FILE.safetensors.index.json, which is the same from every part. Parts are
                     whole tensors, and one after the other they are FILE, byte for byte
  --shard auto       k and n from the environment of torchrun (RANK, WORLD_SIZE), Open MPI
                     (OMPI_COMM_WORLD_RANK, _SIZE), MPICH or Intel MPI (PMI_RANK, PMI_SIZE), a
                     Slurm step (SLURM_PROCID, SLURM_STEP_NUM_TASKS or SLURM_NTASKS) or array
                     (SLURM_ARRAY_TASK_ID, _MIN, _MAX, _STEP), or a Kubernetes Indexed Job
                     (JOB_COMPLETION_INDEX); the innermost counts
  --shard auto/n     the same where the environment does not say n, as Kubernetes' does not;
                     the variable ${SHARDS_VARIABLE} says it, too
`;

const JOIN = `tensorseed join FILE.safetensors.index.json --out FILE.safetensors [--force]
Joins the parts that init --shard wrote, after holding them against the index. The result is the
file that init writes without --shard. One that is there is kept if it is the same, and else
stays as it is.

  --force            overwrites what is there
`;

const INSPECT = `tensorseed inspect FILE.safetensors [--json]
Prints each tensor's shape, dtype, mean, standard deviation (over all elements, not n - 1), min,
max and histogram, over its finite values.

  --json             as JSON, with the histogram's edges and counts
`;

const DEVICES = `tensorseed devices [--json]
Lists the adapters that WebGPU offers here, with their limits and features.
`;

/** The help text of a command, or of all where it is none. */
export function helpText(command?: string): string {
  const texts: Record<string, string> = {
    sample: SAMPLE,
    init: INIT,
    join: JOIN,
    inspect: INSPECT,
    devices: DEVICES,
  };
  return command !== undefined && Object.hasOwn(texts, command) ? texts[command] : HELP;
}

/** A list in as many lines as it takes, below one another. */
function wrap(words: readonly string[]): string {
  const lines = [''];
  for (const word of words) {
    const line = lines[lines.length - 1];
    if (line.length + word.length > 74) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line}, ${word}`;
  }
  return lines.join(',\n                     ');
}
