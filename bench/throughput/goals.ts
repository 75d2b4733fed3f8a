import type { Measurement } from './row';

/** A goal as data. Each is judged on every host that has measured it, or only on those whose adapters fit. */
export type Goal = { readonly name: string; readonly adapter?: RegExp } &
  /** The rate of a draw on the GPU as a share of the constant fill's. */
  (
    | {
        readonly kind: 'share of fill';
        readonly draw: string;
        readonly math: 'exact' | 'native';
        readonly atLeast: number;
      }
    /**
     * How many times as long peers take as this library's exact draw, by
     * the fastest of these makers of its own: the least of all draws.
     */
    | {
        readonly kind: 'peer';
        readonly peers: readonly string[];
        readonly by: readonly string[];
        readonly size: string;
        readonly atLeast: number;
      }
    /** The time of a draw on the GPU over that of its words. */
    | { readonly kind: 'over bits'; readonly draw: string; readonly atMost: number }
    /** The time of a draw on the GPU over that of normals in the same case. */
    | { readonly kind: 'over normal'; readonly draw: string; readonly atMost: number }
    /** Time relative to the exact float32 draw of the same case: the most of all such rows. */
    | { readonly kind: 'relative'; readonly of: (row: Measurement) => boolean; readonly atMost: number }
  );

/** Peers by what they run on, each compared with this library there. */
const GPU_PEERS = ['tfjs', 'jax', 'typegpu', 'torch'];
const CPU_PEERS = ['Math.random', 'numpy'];
/** The size at which draws are judged. */
const SIZE = '16M';

export const GOALS: readonly Goal[] = [
  share('bits', 'exact', 0.6),
  share('uniform', 'exact', 0.6),
  share('normal', 'native', 0.45),
  share('normal', 'exact', 0.35),
  share('truncated_normal', 'exact', 0.28),
  overBits('bernoulli'),
  overBits('randint'),
  {
    name: 'exponential, time over that of normals',
    adapter: /llvmpipe/,
    kind: 'over normal',
    draw: 'exponential',
    atMost: 1,
  },
  {
    name: 'every draw ahead of every peer on the GPU',
    kind: 'peer',
    peers: GPU_PEERS,
    by: ['gpu'],
    size: SIZE,
    atLeast: 1,
  },
  {
    name: 'every draw ahead of every peer on the CPU',
    kind: 'peer',
    peers: CPU_PEERS,
    by: ['cpu'],
    size: SIZE,
    atLeast: 1,
  },
  { name: 'every draw against tf.js', kind: 'peer', peers: ['tfjs'], by: ['gpu'], size: SIZE, atLeast: 10 },
  { name: 'every draw against jax-js', kind: 'peer', peers: ['jax'], by: ['gpu'], size: SIZE, atLeast: 10 },
  {
    name: "GPT-2's 148 tensors against one tensor of the same size",
    kind: 'relative',
    of: ({ dispatch }) => dispatch === 'all',
    atMost: 1.1,
  },
  ...(['float16', 'bfloat16'] as const).map((half): Goal => ({
    name: `${half} against float32, an element`,
    kind: 'relative',
    of: ({ dtype, size }) => dtype === half && size === SIZE,
    atMost: 1,
  })),
  {
    name: 'one read of 64 x 256,000 logits against a choice from them',
    kind: 'peer',
    peers: ['sum'],
    by: ['gpu'],
    size: '64x256000',
    atLeast: 0.333,
  },
  {
    name: 'a choice from logits ahead of every peer',
    kind: 'peer',
    peers: ['tfjs', 'jax'],
    by: ['gpu'],
    size: '64x256000',
    atLeast: 1,
  },
  // Beside a driver that is software itself, `auto` takes the CPU path.
  {
    name: 'orthogonal 512 x 512 against tf.js',
    kind: 'peer',
    peers: ['tfjs'],
    by: ['gpu', 'cpu'],
    size: '512x512',
    atLeast: 500,
  },
];

function share(draw: string, math: 'exact' | 'native', atLeast: number): Goal {
  return {
    name: `${draw}, ${math}, share of the constant fill`,
    adapter: /llvmpipe/,
    kind: 'share of fill',
    draw,
    math,
    atLeast,
  };
}

function overBits(draw: string): Goal {
  return {
    name: `${draw}, time over that of bits`,
    adapter: /llvmpipe/,
    kind: 'over bits',
    draw,
    atMost: 1.2,
  };
}

export interface GoalResult {
  readonly goal: string;
  readonly host: string | null;
  readonly want: string;
  readonly value: number | null;
  /** The row that the value is from. */
  readonly from: string | null;
  readonly verdict: 'PASS' | 'MISS' | 'not measured';
}

export function judge(rows: readonly Measurement[]): GoalResult[] {
  const hosts = [...new Set(rows.map(({ host }) => host))];
  return GOALS.flatMap((goal) => {
    const { name } = goal;
    const want = 'atMost' in goal ? `<= ${goal.atMost}` : `>= ${goal.atLeast}`;
    const results = hosts.flatMap((host): GoalResult[] => {
      const own = rows.filter(
        (row) => row.host === host && (goal.adapter === undefined || goal.adapter.test(row.adapter ?? '')),
      );
      const values = valuesOf(goal, own).sort((a, b) => a.value - b.value);
      if (values.length === 0) return [];
      const { value, from } = 'atMost' in goal ? values[values.length - 1] : values[0];
      const passed = 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
      return [{ goal: name, host, want, value, from, verdict: passed ? 'PASS' : 'MISS' }];
    });
    return results.length > 0
      ? results
      : [{ goal: name, host: null, want, value: null, from: null, verdict: 'not measured' as const }];
  });
}

function valuesOf(goal: Goal, rows: readonly Measurement[]): { value: number; from: string }[] {
  const value = (number: number | null, row: Measurement): { value: number; from: string }[] =>
    number === null ? [] : [{ value: number, from: `${row.case}, ${row.maker}` }];
  switch (goal.kind) {
    case 'share of fill': {
      const fitting = rows.find(
        (row) =>
          row.maker === 'gpu' &&
          row.draw === goal.draw &&
          row.math === goal.math &&
          row.size === SIZE &&
          row.case.startsWith(`${goal.draw}/`),
      );
      return fitting === undefined ? [] : value(fitting.shareOfFill, fitting);
    }
    case 'peer':
      return rows
        .filter(({ maker, size }) => goal.peers.includes(maker) && size === goal.size)
        .flatMap((row) => {
          const ours = rows
            .filter(
              (one) =>
                one.case === row.case &&
                goal.by.includes(one.maker) &&
                one.draw === row.draw &&
                one.math === 'exact' &&
                one.wall !== null,
            )
            .sort((one, other) => one.wall!.median - other.wall!.median)[0];
          // One that was stopped took at least that long.
          const milliseconds = row.wall?.median ?? row.stoppedAfter;
          if (ours === undefined || milliseconds === null) return [];
          const from =
            goal.by.length > 1 ? `${row.case}, ${row.maker} over ${ours.maker}` : `${row.case}, ${row.maker}`;
          return [{ value: milliseconds / ours.wall!.median, from }];
        });
    case 'over bits':
      return rows
        .filter(({ maker, draw, size }) => maker === 'gpu' && draw === goal.draw && size === SIZE)
        .flatMap((row) => value(row.shareOfBits && 1 / row.shareOfBits, row));
    case 'over normal':
      return rows
        .filter(({ maker, draw, size }) => maker === 'gpu' && draw === goal.draw && size === SIZE)
        .flatMap((row) => {
          const normal = rows.find(
            (one) => one.case === row.case && one.maker === 'gpu' && one.draw === 'normal',
          );
          if (!normal?.wall || !row.wall) return [];
          return value(row.wall.median / normal.wall.median, row);
        });
    case 'relative':
      return rows.filter(goal.of).flatMap((row) => value(row.relative, row));
  }
}
