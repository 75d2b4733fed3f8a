import { describe, expect, it } from 'vitest';
import { type Environment, shardOfProcess } from '../../../src/cli/init/launcher';
import { parseShard } from '../../../src/cli/init/shard_option';

const TORCHRUN = { RANK: '3', WORLD_SIZE: '8', LOCAL_RANK: '3', LOCAL_WORLD_SIZE: '4' };
const OPEN_MPI = { OMPI_COMM_WORLD_RANK: '1', OMPI_COMM_WORLD_SIZE: '4', OMPI_COMM_WORLD_LOCAL_RANK: '1' };
const MPICH = { PMI_RANK: '0', PMI_SIZE: '2' };
const STEP = { SLURM_PROCID: '5', SLURM_NTASKS: '6', SLURM_STEP_NUM_TASKS: '6', SLURM_LOCALID: '0' };
const ARRAY = {
  SLURM_ARRAY_TASK_ID: '8',
  SLURM_ARRAY_TASK_MIN: '1',
  SLURM_ARRAY_TASK_MAX: '8',
  SLURM_ARRAY_TASK_STEP: '1',
  SLURM_ARRAY_TASK_COUNT: '8',
};
const BATCH = { SLURM_JOB_ID: '7', SLURM_PROCID: '0', SLURM_NTASKS: '1' };
const KUBERNETES = { JOB_COMPLETION_INDEX: '2' };

const found = (environment: Environment, stated?: number): string => {
  const { shard, source } = shardOfProcess(environment, stated);
  return `${shard.index}/${shard.count} ${source}`;
};

describe('shardOfProcess', () => {
  it.each<[string, Environment, number | undefined, string]>([
    ['torchrun', TORCHRUN, undefined, '4/8 torchrun: RANK=3, WORLD_SIZE=8'],
    ['Open MPI', OPEN_MPI, undefined, '2/4 Open MPI: OMPI_COMM_WORLD_RANK=1, OMPI_COMM_WORLD_SIZE=4'],
    ['MPICH', MPICH, undefined, '1/2 MPI: PMI_RANK=0, PMI_SIZE=2'],
    ['srun', STEP, undefined, '6/6 Slurm step: SLURM_PROCID=5, SLURM_STEP_NUM_TASKS=6'],
    ['srun with fewer tasks than the job', { ...STEP, SLURM_NTASKS: '12' }, undefined, '6/6 Slurm step'],
    [
      'srun, by the job alone',
      { SLURM_PROCID: '5', SLURM_NTASKS: '6' },
      undefined,
      '6/6 Slurm step: SLURM_PROCID=5, SLURM_NTASKS=6',
    ],
    [
      'an array 1-8',
      { ...ARRAY, ...BATCH },
      undefined,
      '8/8 Slurm array: SLURM_ARRAY_TASK_ID=8, SLURM_ARRAY_TASK_MIN=1',
    ],
    [
      'an array 0-7',
      { ...ARRAY, SLURM_ARRAY_TASK_ID: '0', SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_MAX: '7' },
      undefined,
      '1/8 Slurm array',
    ],
    [
      'an array 2-16:7',
      {
        ...ARRAY,
        SLURM_ARRAY_TASK_ID: '9',
        SLURM_ARRAY_TASK_MIN: '2',
        SLURM_ARRAY_TASK_MAX: '16',
        SLURM_ARRAY_TASK_STEP: '7',
        SLURM_ARRAY_TASK_COUNT: '3',
      },
      undefined,
      '2/3',
    ],
    [
      'an array without step and count',
      { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_MAX: '4' },
      undefined,
      '3/4',
    ],
    [
      'a batch script of several tasks in an array',
      { ...ARRAY, SLURM_PROCID: '0', SLURM_NTASKS: '4' },
      undefined,
      '8/8 Slurm array',
    ],
    [
      'srun of one task in an array',
      { ...ARRAY, ...BATCH, SLURM_STEP_NUM_TASKS: '1', PMI_RANK: '0', PMI_SIZE: '1' },
      undefined,
      '8/8 Slurm array',
    ],
    ['srun of several tasks in an array', { ...ARRAY, ...STEP }, undefined, '6/6 Slurm step'],
    ['Kubernetes, by the option', KUBERNETES, 5, '3/5 Kubernetes Indexed Job: JOB_COMPLETION_INDEX=2 of 5'],
    [
      'Kubernetes, by the variable',
      { ...KUBERNETES, TENSORSEED_SHARDS: '3' },
      undefined,
      '3/3 Kubernetes Indexed Job',
    ],
    [
      'Kubernetes, the option before the variable',
      { ...KUBERNETES, TENSORSEED_SHARDS: '3' },
      4,
      '3/4 Kubernetes Indexed Job',
    ],
    ['torchrun in an Indexed Job', { ...KUBERNETES, ...TORCHRUN }, undefined, '4/8 torchrun'],
    ['torchrun in a Slurm step', { ...STEP, ...TORCHRUN }, undefined, '4/8 torchrun'],
    ['mpirun in a Slurm step', { ...STEP, ...OPEN_MPI }, undefined, '2/4 Open MPI'],
    ['a single process', { OMPI_COMM_WORLD_RANK: '0', OMPI_COMM_WORLD_SIZE: '1' }, undefined, '1/1 Open MPI'],
    ['a size that agrees', OPEN_MPI, 4, '2/4 Open MPI'],
    ['a size that another program exported', { WORLD_SIZE: '9', ...OPEN_MPI }, undefined, '2/4 Open MPI'],
  ])('reads %s', (_, environment, stated, expected) => {
    expect(found(environment, stated)).toContain(expected);
  });

  it.each<[string, Environment, number | undefined, string]>([
    [
      'nothing',
      {},
      undefined,
      '--shard auto finds no launcher: there is none of RANK, OMPI_COMM_WORLD_RANK, PMI_RANK, SLURM_PROCID, SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX',
    ],
    ['nothing but a size', {}, 8, 'finds no launcher'],
    [
      'a rank that is the size',
      { RANK: '8', WORLD_SIZE: '8' },
      undefined,
      'the rank must be less than the number of processes: RANK=8, WORLD_SIZE=8',
    ],
    ['a rank without a size', { RANK: '1' }, undefined, 'RANK is "1", but WORLD_SIZE is missing'],
    [
      'a rank that is no integer',
      { RANK: 'x', WORLD_SIZE: '8' },
      undefined,
      'RANK must be an integer of at least 0, got "x"',
    ],
    [
      'a negative rank',
      { PMI_RANK: '-1', PMI_SIZE: '8' },
      undefined,
      'PMI_RANK must be an integer of at least 0, got "-1"',
    ],
    [
      'an empty rank',
      { RANK: '', WORLD_SIZE: '8' },
      undefined,
      'RANK must be an integer of at least 0, got ""',
    ],
    [
      'a size of 0',
      { RANK: '0', WORLD_SIZE: '0' },
      undefined,
      'WORLD_SIZE must be an integer of at least 1, got "0"',
    ],
    [
      'a size that is no integer',
      { RANK: '0', WORLD_SIZE: '1e3' },
      undefined,
      'WORLD_SIZE must be an integer',
    ],
    [
      'a huge size',
      { RANK: '0', WORLD_SIZE: '99999999999999999999' },
      undefined,
      'WORLD_SIZE must be an integer',
    ],
    [
      'more shards than names have digits for',
      { RANK: '0', WORLD_SIZE: '100000' },
      undefined,
      'at most 99999 shards, got 100000',
    ],
    [
      'another number than asked for',
      OPEN_MPI,
      8,
      '8 shards are asked for, but there are 4 processes: OMPI_COMM_WORLD_RANK=1',
    ],
    [
      'another number than the variable says',
      { ...OPEN_MPI, TENSORSEED_SHARDS: '8' },
      undefined,
      '8 shards are asked for, but there are 4 processes',
    ],
    [
      'a variable that is no number',
      { ...KUBERNETES, TENSORSEED_SHARDS: 'all' },
      undefined,
      'TENSORSEED_SHARDS must be an integer of at least 1, got "all"',
    ],
    [
      'Kubernetes without a number',
      KUBERNETES,
      undefined,
      "set TENSORSEED_SHARDS to the job's completions, or give --shard auto/n",
    ],
    [
      'an index beyond the number',
      KUBERNETES,
      2,
      'the rank must be less than the number of processes: JOB_COMPLETION_INDEX=2 of 2',
    ],
    [
      'an uneven array',
      { ...ARRAY, SLURM_ARRAY_TASK_COUNT: '5' },
      undefined,
      "the array's indices must be evenly spaced: SLURM_ARRAY_TASK_ID=8",
    ],
    ['an index outside the array', { ...ARRAY, SLURM_ARRAY_TASK_ID: '9' }, undefined, 'evenly spaced'],
    [
      'an index between steps',
      { ...ARRAY, SLURM_ARRAY_TASK_ID: '2', SLURM_ARRAY_TASK_STEP: '7', SLURM_ARRAY_TASK_COUNT: '2' },
      undefined,
      'evenly spaced',
    ],
    [
      'an array that ends before it begins',
      { ...ARRAY, SLURM_ARRAY_TASK_MIN: '9' },
      undefined,
      'evenly spaced',
    ],
    ['an array without bounds', { SLURM_ARRAY_TASK_ID: '1' }, undefined, 'SLURM_ARRAY_TASK_MIN is missing'],
    [
      'a batch script without srun or array',
      { SLURM_PROCID: '0' },
      undefined,
      'SLURM_STEP_NUM_TASKS or SLURM_NTASKS is missing',
    ],
  ])('refuses %s', (_, environment, stated, message) => {
    expect(() => found(environment, stated)).toThrow(message);
  });
});

describe('parseShard', () => {
  it('takes k/n', () => {
    expect(parseShard('1/1', {})).toEqual({ index: 1, count: 1 });
    expect(parseShard('99999/99999', TORCHRUN)).toEqual({ index: 99999, count: 99999 });
  });

  it.each([
    '0/3',
    '4/3',
    '1/0',
    '1',
    '/',
    '1/',
    '/3',
    '1/3/5',
    '-1/3',
    '1/-3',
    '1.5/3',
    ' 1/3',
    '1/3 ',
    '0x1/3',
    '1/100000',
    'a/b',
    'AUTO',
    'auto/',
    'auto/0',
    'auto/x',
    '',
  ])('refuses "%s"', (text) => {
    expect(() => parseShard(text, TORCHRUN)).toThrow(/^--shard .*, got "/);
  });
});
