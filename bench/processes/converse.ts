import type { ChildProcess } from 'node:child_process';

/**
 * Sends a request to a child process and hears its replies until one is the answer.
 * @param what such as `the process that examined bits`, for messages
 * @param hear returns the answer in brackets, or undefined
 * where the reply is none; throws where it is a fault
 * @throws where the process ends or cannot be reached
 */
export function converse<Reply, Answer>(
  child: ChildProcess,
  request: object,
  what: string,
  hear: (reply: Reply) => [Answer] | undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (): void => void child.off('message', onMessage).off('exit', onExit).off('error', onError);
    const onError = (error: unknown): void => {
      settle();
      reject(error as Error);
    };
    const onExit = (code: number | null, signal: string | null): void =>
      onError(new Error(`${what} ended with ${signal ?? `code ${code}`}`));
    const onMessage = (reply: unknown): void => {
      try {
        const answer = hear(reply as Reply);
        if (answer === undefined) return;
        settle();
        resolve(answer[0]);
      } catch (error) {
        onError(error);
      }
    };
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    child.send(request);
  });
}
