import type { TestProject } from 'vitest/node';
import { serveFirefox } from '../../tools/browser';
import { setUpGallery } from './gallery-setup';

/** Vitest's global set-up of the project `gallery-firefox`. */
export default (project: TestProject) => setUpGallery(project, () => serveFirefox(project.config.env));
