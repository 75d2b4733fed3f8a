import type { TestProject } from 'vitest/node';
import { setUpBrowser } from './browser-setup';
import { serveSources } from './server';

/** Vitest's global set-up of the project `chromium`. */
export default (project: TestProject) => setUpBrowser(project, serveSources);
