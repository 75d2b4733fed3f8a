import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer, loadConfigFromFile, type Plugin } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Serves the project's sources to a browser, with the plugins of vite.config.ts, on a free port of 127.0.0.1.
 * `url` is without a closing slash; test/harness/page.html is the tests' page.
 */
export async function serveSources(): Promise<{ url: string; close(): Promise<void> }> {
  const loaded = await loadConfigFromFile({ command: 'serve', mode: 'test' }, undefined, root, 'silent');
  const { plugins = [], resolve, define, assetsInclude } = loaded?.config ?? {};
  const cacheDir = await mkdtemp(join(tmpdir(), 'tensorseed-vite-'));
  const server = await createServer({
    configFile: false,
    root,
    cacheDir,
    resolve,
    define,
    assetsInclude,
    plugins: [...plugins, heldBytes()],
    appType: 'mpa',
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  await server.listen();
  return {
    url: urlOf(server.httpServer),
    async close() {
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}

/** Where a server listens, without a closing slash. */
export function urlOf(server: Pick<Server, 'address'> | null): string {
  const address = server?.address();
  if (typeof address !== 'object' || address === null) throw new Error('the test server has no port');
  return `http://127.0.0.1:${address.port}`;
}

/** Takes bytes from a page (POST /bytes answers an id) and hands them to a test once (GET /bytes/id). */
function heldBytes(): Plugin {
  const held = new Map<string, Buffer>();
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'POST') {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const id = randomUUID();
      held.set(id, Buffer.concat(parts));
      response.end(id);
      return;
    }
    const id = (request.url ?? '').slice(1);
    const bytes = held.get(id);
    held.delete(id);
    response.statusCode = bytes ? 200 : 404;
    response.end(bytes);
  }
  return {
    name: 'held-bytes',
    configureServer(server) {
      server.middlewares.use(
        '/bytes',
        (request, response, next) => void answer(request, response).catch(next),
      );
    },
  };
}
