/**
 * Lets the page react to the visitor first. The promise settles in a task of its own, which comes sooner than
 * the 4 ms that a timer takes at least.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
