import { Thread } from './thread';

/** The threads of this process. All samplers share them, and the last one that is destroyed ends them. */
const threads: Thread[] = [];
let users = 0;

/** The share of one sampler in the threads. They start when they are first asked for. */
export class Pool {
  private joined = false;
  /** How often it was left. A computation that began before gets no threads any more. */
  left = 0;

  constructor(private readonly module: WebAssembly.Module) {}

  /** Those of the first `count` threads that are ready. Missing ones are started, and will be ready later. */
  ready(count: number): readonly Thread[] {
    if (!this.joined) users++;
    this.joined = true;
    while (threads.length < count) threads.push(new Thread(this.module));
    return threads.slice(0, count).filter(({ ready }) => ready);
  }

  leave(): void {
    this.left++;
    if (!this.joined) return;
    this.joined = false;
    users--;
    if (users === 0) for (const thread of threads.splice(0)) thread.terminate();
  }
}
