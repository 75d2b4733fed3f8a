import type { Host } from './host';

/** A browser, one of its workers, or what has the same global objects. */
export const WEB_HOST: Host = {
  processors: () => globals.navigator?.hardwareConcurrency ?? 1,
  findGpu: () => Promise.resolve(globals.navigator?.gpu),
  startWorker(script, url, { message, end }) {
    // A worker from a blob needs no second file, of which a bundler would have to know.
    const blob = () => new Blob([`const channel = self;\n${script}`], { type: 'text/javascript' });
    const made = url === undefined ? URL.createObjectURL(blob()) : undefined;
    const worker = new Worker(made ?? url!, { type: 'module', name: 'tensorseed' });
    worker.onmessage = ({ data }) => {
      if (made !== undefined) URL.revokeObjectURL(made);
      message(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      end();
    };
    return {
      post: (data, transfer) => worker.postMessage(data, [...transfer]),
      terminate: () => worker.terminate(),
      hold() {
        // A page does not wait for its workers.
      },
    };
  },
};

/** The global objects that are missing in some places. */
const globals = globalThis as { readonly navigator?: Partial<Navigator> };
