import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { oneLine } from '../../src/cli/faults';
import { converse } from '../processes/converse';
import type { Conditions, Findings, Subject } from './subject';
import { SUBJECTS } from './subjects';

/** The argument with which the bundle is a process of the pool. */
export const SERVE = '--serve';

export interface Examination {
  readonly subject: Subject;
  readonly findings: Findings;
  readonly seconds: number;
}

/** What a process is asked to examine. */
interface Assignment {
  readonly name: string;
  readonly conditions: Conditions;
}

type ExaminationReply =
  | { readonly kind: 'progress'; readonly elements: number }
  | { readonly kind: 'done'; readonly findings: Findings }
  | { readonly kind: 'fault'; readonly message: string };

/** What the pool tells while it works. */
export interface Listener {
  begin(subject: Subject): void;
  progress(elements: number): void;
  end(examination: Examination): void;
}

/**
 * Examines subjects in processes of their own, each taking the next when it has done one.
 * Processes and not threads, since a thread does not always reach the GPU's drivers.
 * @param script the URL of a module that calls `serve` when given SERVE: the bundled command itself
 */
export async function examineAll(
  script: string,
  processes: number,
  subjects: readonly Subject[],
  conditions: Conditions,
  listener: Listener,
): Promise<Examination[]> {
  const queue = subjects.values();
  const done: Examination[] = [];
  const children = Array.from({ length: Math.min(processes, subjects.length) }, () =>
    fork(fileURLToPath(script), [SERVE], { serialization: 'advanced' }),
  );
  try {
    await Promise.all(
      children.map(async (child) => {
        for (const subject of queue) {
          const begin = performance.now();
          listener.begin(subject);
          const findings = await ask(child, { name: subject.name, conditions }, listener);
          const examination = { subject, findings, seconds: (performance.now() - begin) / 1000 };
          listener.end(examination);
          done.push(examination);
        }
      }),
    );
  } finally {
    for (const child of children) child.kill();
  }
  return done.sort((a, b) => subjects.indexOf(a.subject) - subjects.indexOf(b.subject));
}

function ask(child: ChildProcess, assignment: Assignment, listener: Listener): Promise<Findings> {
  return converse(
    child,
    assignment,
    `the process that examined ${assignment.name}`,
    (reply: ExaminationReply) => {
      if (reply.kind === 'fault') throw new Error(`${assignment.name}: ${reply.message}`);
      if (reply.kind === 'done') return [reply.findings];
      listener.progress(reply.elements);
      return undefined;
    },
  );
}

/** Elements between two words about progress. */
const STEP = 2 ** 20;

/** A process's side: one subject at a time, until it is killed or its parent is gone. */
export function serve(): void {
  const reply = (message: ExaminationReply): void => void process.send?.(message);
  process.on('disconnect', () => process.exit(1));
  process.on('message', async ({ name, conditions }: Assignment) => {
    const subject = SUBJECTS.find((one) => one.name === name)!;
    let elements = 0;
    try {
      const findings = await subject.examine(conditions, (more) => {
        elements += more;
        if (elements < STEP) return;
        reply({ kind: 'progress', elements });
        elements = 0;
      });
      reply({ kind: 'progress', elements });
      reply({ kind: 'done', findings });
    } catch (error) {
      reply({ kind: 'fault', message: oneLine(error) });
    }
  });
}
