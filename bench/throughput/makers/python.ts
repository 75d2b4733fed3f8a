import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { elementsOf } from '../case';
import { verifyMoments } from '../verify';
import { Absent } from '../reasons';
import type { Maker } from './maker';
import numpy from './numpy.py?raw';
import torch from './torch.py?raw';

/** What the scripts answer: a first line, then one for each request. */
interface Hello {
  readonly label?: string;
  readonly absent?: string;
}

interface FillReply {
  readonly wall: number;
  readonly mean?: number;
  readonly stddev?: number;
}

/** Peers in Python: a script that keeps running, and takes the time itself. */
export function pythonMakers(): Record<string, Maker> {
  return {
    numpy: pythonMaker(
      numpy,
      'the call that fills a float32 array that exists, inside Python, on one thread (bits: with the allocation)',
    ),
    torch: pythonMaker(
      torch,
      'the call on a CUDA tensor that exists, between two torch.cuda.synchronize, inside Python',
    ),
  };
}

function pythonMaker(script: string, timed: string): Maker {
  let absent: string | undefined;
  return {
    timed,
    async open({ draw }, of) {
      if (absent !== undefined) throw new Absent(absent); // asking once is enough
      const talk = talkTo(script);
      const hello = await talk
        .next<Hello>()
        .catch((error: Error) => ({ label: undefined, absent: error.message }));
      if (hello.label === undefined) {
        talk.close();
        throw new Absent((absent = hello.absent ?? 'it does not answer'));
      }
      const count = elementsOf(of);
      const ask = (check: boolean): Promise<FillReply> => talk.ask({ draw, count, check });
      return {
        label: hello.label,
        run: async () => ({ wall: (await ask(false)).wall }),
        async verify() {
          const { mean, stddev } = await ask(true);
          return verifyMoments(draw, count, mean!, stddev!);
        },
        close: talk.close,
      };
    },
  };
}

/** Lines of JSON to and from a Python program. */
function talkTo(script: string) {
  const child = spawn('python3', ['-u', '-c', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  const fault = new Promise<never>((_, reject) => {
    child.on('error', () => reject(new Error('python3 is not there')));
    child.on('close', (code, signal) => reject(new Error(`python3 ended with ${signal ?? `code ${code}`}`)));
  });
  fault.catch(() => undefined); // heard by whoever waits
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async <T>(): Promise<T> => {
    const { value, done } = await Promise.race([lines.next(), fault]);
    if (done) return fault;
    return JSON.parse(value) as T;
  };
  return {
    next,
    ask<T>(request: object): Promise<T> {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return next<T>();
    },
    close: () => void child.kill(),
  };
}
