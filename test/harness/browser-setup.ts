import type { TestProject } from 'vitest/node';
import { type BrowserServer, serveChromium } from '../../tools/browser';

declare module 'vitest' {
  interface ProvidedContext {
    /** The test server; '' where the project is skipped. */
    serverUrl: string;
    /** Where the browser listens, and for what. */
    browser: Pick<BrowserServer, 'socket' | 'protocol'>;
  }
}

type TearDown = () => Promise<void>;

/** What a project in a browser needs: one server and one browser for all its files. */
export async function setUpBrowser(
  project: TestProject,
  serve: () => Promise<{ url: string; close: TearDown }>,
  start: () => Promise<BrowserServer> = serveChromium,
): Promise<TearDown | undefined> {
  if (project.config.env.TENSORSEED_SKIP) {
    project.provide('serverUrl', '');
    project.provide('browser', { socket: '', protocol: 'cdp' });
    return undefined;
  }
  const server = await serve();
  const { socket, protocol, close } = await start().catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  project.provide('serverUrl', server.url);
  project.provide('browser', { socket, protocol });
  return async () => {
    await close();
    await server.close();
  };
}
