import { ArgumentError, show } from '../../core/errors';
import { MAX_SHARDS, type Shard } from '../../formats/safetensors_shards';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variable that gives the number of shards where the launcher does not. Kubernetes has none
 * that does.
 */
export const SHARDS_VARIABLE = 'TENSORSEED_SHARDS';

/** Where this process stands among those that were started together. */
interface Place {
  /** The place, counted from 0. */
  readonly rank: number;
  readonly size: number;
  /** The variables and values that this was read from, as text. */
  readonly said: string;
}

interface Launcher {
  readonly name: string;
  /** The variable that is set if this launcher started the process. */
  readonly rank: string;
  /** Whether it launches jobs, each of which may start processes in turn. */
  readonly ofJobs: boolean;
  read(environment: Environment, stated: number | undefined): Place;
}

/**
 * The launchers, the innermost first. Their variables are documented at pytorch.org (torchrun,
 * "Environment Variables"), open-mpi.org ("Environment variables set for MPI applications"), in
 * mpiexec of MPICH and Intel MPI, in Slurm's srun(1) and sbatch(1), and at kubernetes.io ("Indexed
 * Job").
 */
const LAUNCHERS: readonly Launcher[] = [
  processes('torchrun', 'RANK', 'WORLD_SIZE'),
  processes('Open MPI', 'OMPI_COMM_WORLD_RANK', 'OMPI_COMM_WORLD_SIZE'),
  processes('MPI', 'PMI_RANK', 'PMI_SIZE'),
  processes('Slurm step', 'SLURM_PROCID', 'SLURM_STEP_NUM_TASKS', 'SLURM_NTASKS'),
  { name: 'Slurm array', rank: 'SLURM_ARRAY_TASK_ID', ofJobs: true, read: readSlurmArray },
  { name: 'Kubernetes Indexed Job', rank: 'JOB_COMPLETION_INDEX', ofJobs: true, read: readKubernetes },
];

/**
 * Finds the shard of this process in the environment that its launcher gave it. The innermost
 * launcher counts. If it started a single process within an array of jobs, it divides nothing, and
 * then the array counts.
 * @param stated the number of shards that the user gave; it must be the launcher's
 * @returns the shard, and in words what it was taken from
 * @throws ArgumentError where there is no launcher, or its variables cannot be right
 */
export function shardOfProcess(
  environment: Environment,
  stated: number | undefined,
): { shard: Shard; source: string } {
  const size =
    stated ??
    (environment[SHARDS_VARIABLE] === undefined ? undefined : integer(environment, SHARDS_VARIABLE, 1));
  const present = LAUNCHERS.filter((launcher) => isPresent(launcher, environment));
  const array = present.find(({ ofJobs }) => ofJobs);
  for (const launcher of present) {
    const place = launcher.read(environment, size);
    if (place.size === 1 && !launcher.ofJobs && array !== undefined) continue;
    return { shard: shardAt(place, size), source: `${launcher.name}: ${place.said}` };
  }
  const variables = LAUNCHERS.map(({ rank }) => rank).join(', ');
  throw new ArgumentError(
    `--shard auto finds no launcher: there is none of ${variables} in the environment; give --shard k/n`,
  );
}

/**
 * Whether a launcher started this process. Slurm sets SLURM_PROCID to 0 for a batch script, too,
 * which is no step.
 */
function isPresent({ rank }: Launcher, environment: Environment): boolean {
  if (environment[rank] === undefined) return false;
  return (
    rank !== 'SLURM_PROCID' ||
    environment.SLURM_ARRAY_TASK_ID === undefined ||
    environment.SLURM_STEP_NUM_TASKS !== undefined
  );
}

function shardAt({ rank, size, said }: Place, stated: number | undefined): Shard {
  if (stated !== undefined && stated !== size)
    throw new ArgumentError(
      `--shard auto: ${stated} shards are asked for, but there are ${size} processes: ${said}`,
    );
  if (size > MAX_SHARDS)
    throw new ArgumentError(`--shard auto: there may be at most ${MAX_SHARDS} shards, got ${size}: ${said}`);
  if (rank >= size)
    throw new ArgumentError(`--shard auto: the rank must be less than the number of processes: ${said}`);
  return { index: rank + 1, count: size };
}

/**
 * @param sizes the variables that may give the number of processes; the first that is set counts
 */
function processes(name: string, rank: string, ...sizes: readonly string[]): Launcher {
  return {
    name,
    rank,
    ofJobs: false,
    read(environment) {
      const size = sizes.find((one) => environment[one] !== undefined);
      if (size === undefined)
        throw new ArgumentError(
          `--shard auto: ${rank} is ${show(environment[rank])}, but ${sizes.join(' or ')} is missing`,
        );
      return {
        rank: integer(environment, rank, 0),
        size: integer(environment, size, 1),
        said: saying(environment, rank, size),
      };
    },
  };
}

/** Reads an array of jobs with indices such as 1-8, 0-7 or 2-16:2. */
function readSlurmArray(environment: Environment): Place {
  const [ID, MIN, MAX, STEP, COUNT] = ['ID', 'MIN', 'MAX', 'STEP', 'COUNT'].map(
    (end) => `SLURM_ARRAY_TASK_${end}`,
  );
  for (const name of [MIN, MAX]) {
    if (environment[name] === undefined)
      throw new ArgumentError(`--shard auto: ${ID} is ${show(environment[ID])}, but ${name} is missing`);
  }
  const [id, min, max] = [ID, MIN, MAX].map((name) => integer(environment, name, 0));
  const step = environment[STEP] === undefined ? 1 : integer(environment, STEP, 1);
  const size = Math.floor((max - min) / step) + 1;
  const said = saying(environment, ID, MIN, MAX, STEP, COUNT);
  const uneven = environment[COUNT] !== undefined && integer(environment, COUNT, 1) !== size;
  if (uneven || id < min || id > max || (id - min) % step !== 0) {
    throw new ArgumentError(
      `--shard auto: the array's indices must be evenly spaced: ${said}; else give --shard k/n`,
    );
  }
  return { rank: (id - min) / step, size, said };
}

function readKubernetes(environment: Environment, stated: number | undefined): Place {
  const index = 'JOB_COMPLETION_INDEX';
  const rank = integer(environment, index, 0);
  if (stated === undefined) {
    throw new ArgumentError(
      `--shard auto: ${index} is ${rank}, but not of how many: ` +
        `set ${SHARDS_VARIABLE} to the job's completions, or give --shard auto/n`,
    );
  }
  return { rank, size: stated, said: `${saying(environment, index)} of ${stated}` };
}

function saying(environment: Environment, ...names: readonly string[]): string {
  return names
    .filter((name) => environment[name] !== undefined)
    .map((name) => `${name}=${environment[name]}`)
    .join(', ');
}

function integer(environment: Environment, name: string, least: number): number {
  const text = environment[name]!;
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : NaN;
  if (!(value >= least))
    throw new ArgumentError(
      `--shard auto: ${name} must be an integer of at least ${least}, got ${show(text)}`,
    );
  return value;
}
