import { Thread } from './thread';

/** Threads that were started from one script, and how many samplers use them. */
interface Crew {
  readonly threads: Thread[];
  users: number;
}

/**
 * The threads of this process by the URL of their script; '' stands for the one in the bundle. All samplers
 * share them, and the last one that is destroyed ends them.
 */
const crews = new Map<string, Crew>();

/** The share of one sampler in the threads. They start when they are first asked for. */
export class Pool {
  private joined = false;
  private readonly crew: Crew;

  constructor(
    private readonly module: WebAssembly.Module,
    private readonly workerUrl: string | undefined,
  ) {
    const url = workerUrl === undefined ? '' : workerUrl;
    const crew = crews.get(url);
    this.crew = crew === undefined ? { threads: [], users: 0 } : crew;
    crews.set(url, this.crew);
  }

  /** Those of the first `count` threads that are ready. Missing ones are started, and will be ready later. */
  ready(count: number): readonly Thread[] {
    const { threads } = this.crew;
    if (!this.joined) this.crew.users++;
    this.joined = true;
    while (threads.length < count) threads.push(new Thread(this.module, this.workerUrl));
    return threads.slice(0, count).filter(({ ready }) => ready);
  }

  /** How many of the first `most` threads were started, and how many of these have not ended. */
  count(most: number): { started: number; alive: number } {
    const started = this.crew.threads.slice(0, most);
    return { started: started.length, alive: started.filter(({ ended }) => !ended).length };
  }

  leave(): void {
    if (!this.joined) return;
    this.joined = false;
    this.crew.users--;
    if (this.crew.users === 0) for (const thread of this.crew.threads.splice(0)) thread.terminate();
  }
}
