import type { TestProject } from 'vitest/node';
import { serveFirefox } from '../../tools/browser';
import { setUpBrowser } from './browser-setup';
import { serveSources } from './server';

/** Vitest's global set-up of the project `firefox`. */
export default (project: TestProject) =>
  setUpBrowser(project, serveSources, () => serveFirefox(project.config.env));
