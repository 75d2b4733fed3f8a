import type { TestProject } from 'vitest/node';
import { launchBrowser } from '../../tools/browser';
import { serveSources } from './server';

declare module 'vitest' {
  interface ProvidedContext {
    /** The test server; '' where the project is skipped. */
    serverUrl: string;
    /** The browser's debugging socket. */
    browserSocket: string;
  }
}

/** Vitest's global set-up of the project `chromium`. */
export default (project: TestProject) => setUpBrowser(project, serveSources);

type TearDown = () => Promise<void>;

/** What a project in a browser needs: one server and one browser for all its files. */
export async function setUpBrowser(
  project: TestProject,
  serve: () => Promise<{ url: string; close: TearDown }>,
): Promise<TearDown | undefined> {
  if (project.config.env.TENSORSEED_SKIP) {
    project.provide('serverUrl', '');
    project.provide('browserSocket', '');
    return undefined;
  }
  const server = await serve();
  const { browser, close } = await launchBrowser().catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  project.provide('serverUrl', server.url);
  project.provide('browserSocket', browser.wsEndpoint());
  return async () => {
    await close();
    await server.close();
  };
}
