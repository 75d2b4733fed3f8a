import { DTYPES } from '../core/dtype';
import { initializers } from '../index';
import { PRESETS, RULE_TABLES } from '../models';
import { SHARDS_VARIABLE } from './init/launcher';
import { STREAMS } from '../streams/named';
import { BACKENDS, MATHS } from './options';

const STREAM = `  --stream NAME      values as another framework makes them of the same seed:
                     ${wrap(STREAMS.map(({ name }) => name))}`;

const COMPUTING = `  --dtype ${DTYPES.join('|')}
                     the elements' type: by default float32, and uint32 for the initializer bits
  --backend ${BACKENDS.join('|')}
                     auto, the default, takes a GPU where there is one, and else the CPU. Both write
                     the same bytes; only the last bits of orthogonal matrices may differ
  --math ${MATHS.join('|')}
                     exact, the default, gives the same bits on every device; native is faster on
                     a GPU, and its normals differ slightly from device to device`;

const identifiers = initializers.IDENTIFIERS.filter((one) => one === one.toLowerCase());

const HELP = `tensorseed: fill tensors from a seed; the same seed gives the same bits on every device

  tensorseed sample <initializer> --shape 1024,1024 --seed 42 --out FILE
  tensorseed init <model.json | preset> --seed 42 --out FILE.safetensors
  tensorseed init <model.json | preset> --seed 42 --shard 2/8 --out FILE.safetensors
  tensorseed join FILE.safetensors.index.json --out FILE.safetensors
  tensorseed inspect FILE.safetensors
  tensorseed devices
  tensorseed verify [--out FILE.json]
  tensorseed bench [--quick] [--json]

  tensorseed <command> --help   says more about a command
  tensorseed --version
`;

const SAMPLE = `tensorseed sample <initializer> --shape SIZES --seed N --out FILE [options]
Fills one tensor, or a range of its elements.

  <initializer>      ${wrap(identifiers)};
                     or a class name such as HeNormal
  --shape SIZES      such as 1024,1024; --shape "" is a scalar, of rank 0
  --seed N           a decimal integer in [0, 2^64); it takes the place of a seed in --config
${STREAM}
  --config JSON      the initializer's arguments, such as '{"stddev":0.02}'
  --name PATH        gives the tensor a stream of its own, derived from the seed and PATH,
                     and its name in a .safetensors file (else "tensor")
${COMPUTING}
  --start I --count N
                     only N elements from element I on, counted row-major from 0; without
                     --start from the first, without --count up to the last
  --out FILE         .bin (raw, little endian), .npy or .safetensors, or - for raw bytes on stdout.
                     In .npy and .safetensors a range has the shape [N]. A file that is there is
                     replaced
`;

const INIT = `tensorseed init <model.json | preset> --seed N --out FILE.safetensors [options]
Fills all tensors of a model, each from the stream that the seed and its name give.

  preset             ${wrap(PRESETS)}
  model.json         {"tensors": [{"name": "w", "shape": [64, 10], "initializer": "ones"}, ...]}.
                     An initializer may also be {"class_name": ..., "config": {...}}, and a tensor
                     may have a "dtype" of its own, which takes the place of --dtype, and a
                     "streamName", which gives its stream instead of its name.
                     It may also be a Keras model, as JSON, .keras or .h5; or, with --rules, a
                     safetensors file or index, weights of Keras in .h5, or a graph model of
                     TensorFlow.js. Only names and shapes are read, and the tensors that rules
                     copy. .h5 needs npm install h5wasm
  --rules NAME|FILE  how a safetensors file's tensors are filled: auto, for the table of the model's
                     family; a published table
                     (${wrap(RULE_TABLES)})
                     or a JSON list such as [{"pattern": "**.weight", "initializer": "he_normal"}].
                     {"pattern": "head.*", "copy": true} keeps the values of the file
  --config FILE      the config.json of a checkpoint, which says its family and numbers such as
                     initializer_range to tables. Without it, one beside the file counts
  --rules-template FILE
                     writes rules to edit, one for each pattern of names, and no model; with --rules
                     or for a family that is known, each says what fills the tensors
  --custom-layer NAME
                     a class of layers in a Keras model that has no weights, and whose output has
                     the shape of its first input; as often as there are such classes. A class that
                     is registered is NAME or "Package>NAME"
  --plugin FILE.mjs  a module that is loaded and run. Its exports customLayers, customInitializers
                     are objects of functions, which say what layers and initializers that are not
                     Keras's are: docs/models.md describes them. May be given several times
  --names STYLE      how the weights of a Keras model are named: keras, the default, as its file or
                     else the version of Keras that wrote it names them; path, as Keras 3's
                     variable.path; unique, by all layers around them. The values are the same
  --key-by WHAT      stream is the default: a tensor's stream follows from its "streamName" where it
                     has one, as the weights of a Keras model that are not called by their unique
                     paths; name: it follows from the name in the file
  --seed N           a decimal integer in [0, 2^64)
  --config-seeds     the integer seed of an initializer in a Keras model takes N's place for its
                     tensor, whose name counts as well; a model of such tensors needs no --seed
${STREAM}.
                     In those of Keras, a tensor takes the seed of its initializer where that has
                     one, and a model of such tensors needs no --seed
${COMPUTING}
  --verify           reads the file back, compares every element with a second implementation and
                     1 in 64 with the CPU reference, or all where only that knows the draw, and
                     prints a table of all tensors; FILE appears only if all are right
  --force            overwrites what is there. Without it, a file that is there is compared with
                     what would be written: if it is the same it is kept, if not that is an error.
                     So after a run that was cut off, give the same command again: files that are
                     complete are kept
  --out FILE|-       a .safetensors file, or - for its bytes on stdout, in bounded memory
  --max-shard-size SIZE
                     all parts, each of at most SIZE bytes of tensors, such as 5GB, 500MB or 2GiB:
                     Hugging Face's rule and names, FILE-00001-of-0000n.safetensors and so on, and
                     FILE.safetensors.index.json. What fits into one file is FILE
  --shard k/n        only the k-th of n parts, from 1: FILE-0000k-of-0000n.safetensors, and
                     FILE.safetensors.index.json, which every part writes alike. No tensor is cut,
                     and the tensors of all parts, one after the other, are those of FILE. A part
                     has checksums, and says what it was made from
  --shard auto       k and n from the environment of torchrun (RANK, WORLD_SIZE), Open MPI
                     (OMPI_COMM_WORLD_RANK, _SIZE), MPICH or Intel MPI (PMI_RANK, PMI_SIZE), a
                     Slurm step (SLURM_PROCID, SLURM_STEP_NUM_TASKS or SLURM_NTASKS) or array
                     (SLURM_ARRAY_TASK_ID, _MIN, _MAX, _STEP), or a Kubernetes Indexed Job
                     (JOB_COMPLETION_INDEX). Where one runs inside another, the inner one counts
  --shard auto/n     the same where the environment does not say n, as that of Kubernetes does not;
                     the variable ${SHARDS_VARIABLE} can say it, too
`;

const JOIN = `tensorseed join FILE.safetensors.index.json --out FILE.safetensors [--force]
Checks the parts that init wrote against the index, against one another and against their
checksums, and joins them. The result is the file that init writes without --shard. A file that is
there is kept if it is the same; if it is not, that is an error, and the file stays as it is.

  --force            overwrites what is there
`;

const INSPECT = `tensorseed inspect FILE.safetensors [--json]
tensorseed inspect FILE.safetensors|FILE.safetensors.index.json --verify
Prints each tensor's shape and dtype, and of its finite values the mean, the standard deviation
(divided by n, not n - 1), the smallest, the largest and a histogram.

  --json             prints JSON, with the histogram's edges and counts
  --verify           instead holds the bytes of a part that init wrote, or of all parts of
                     an index, against their checksums. Exit code 0: all are as they were written;
                     1: some are not; 2: there are parts without checksums
`;

const DEVICES = `tensorseed devices [--json]
Lists the adapters that WebGPU offers here, with their limits and features.
`;

const VERIFY = `tensorseed verify [options]
Computes every draw in every dtype on this machine's GPU, and compares the bytes with the checksums of
the stream contract; where it has none, with the CPU reference. Each kernel is timed beside a constant
fill of as many bytes. The exit code is 0 only if all bytes are right.

  --backend gpu|cpu  gpu is the default; cpu verifies the CPU path
  --json             prints JSON instead of a table
  --out FILE         writes the JSON to FILE, too, which is replaced
  --note TEXT        goes into the JSON, such as the name of the graphics card
  --page URL         the address of a gallery: prints a whole link that shows the result there
`;

/** Returns the help text of a command, or the text about all commands. */
export function helpText(command?: string): string {
  const texts: Record<string, string> = {
    sample: SAMPLE,
    init: INIT,
    join: JOIN,
    inspect: INSPECT,
    devices: DEVICES,
    verify: VERIFY,
  };
  return command !== undefined && Object.hasOwn(texts, command) ? texts[command] : HELP;
}

/** Joins words with commas, on as many lines as they need, indented as the text around them. */
function wrap(words: readonly string[]): string {
  const lines = [''];
  for (const word of words) {
    const line = lines[lines.length - 1];
    if (line.length + word.length > 74) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line}, ${word}`;
  }
  return lines.join(',\n                     ');
}
