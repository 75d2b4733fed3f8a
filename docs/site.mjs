/** The site of the documentation: the pages, the reference of every public name, and the gallery. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, Converter, JSX, ReflectionKind } from 'typedoc';
import { entries } from './entries.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const GALLERY = 'gallery/index.html';

const PAGES = [
  'docs/guide.md',
  'docs/models.md',
  'docs/streams.md',
  'docs/streams/jax.md',
  'docs/streams/torch.md',
  'docs/streams/tensorflow.md',
  'docs/streams/numpy.md',
  'docs/streams/onnx.md',
  'docs/operations.md',
  'docs/runtimes.md',
  'docs/shards.md',
  'docs/python.md',
  'docs/command_line.md',
  'examples/README.md',
  'docs/gallery.md',
  'docs/browsers.md',
  'docs/shaders.md',
  'docs/reproducibility.md',
  'docs/machines.md',
  'STREAM.md',
  'docs/architecture.md',
  'docs/performance.md',
  'docs/decisions.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
];

/**
 * Builds all but the gallery, and says what is wrong on stderr.
 *
 * @param {object} options
 * @param {string} options.out
 * @returns {Promise<boolean>} whether nothing is wrong
 */
export async function buildSite({ out }) {
  const names = entries();
  const app = await Application.bootstrap({
    name: 'tensorseed',
    includeVersion: true,
    basePath: root,
    tsconfig: join(root, 'docs', 'tsconfig.json'),
    entryPoints: [...names.keys()],
    sortEntryPoints: false,
    readme: join(root, 'README.md'),
    projectDocuments: PAGES.map((page) => join(root, page)),
    searchInDocuments: true,
    navigation: { includeFolders: false },
    headings: { readme: false },
    includeHierarchySummary: false,
    disableSources: true,
    highlightLanguages: ['typescript', 'javascript', 'bash', 'json', 'yaml', 'python', 'wgsl'],
    validation: {
      invalidLink: true,
      invalidPath: true,
      rewrittenLink: true,
      unusedMergeModuleWith: true,
      notDocumented: true,
      notExported: true,
    },
    // LayerOptions<'dense'> is computed from these, and its docstring says what comes out.
    intentionallyNotExported: ['FieldsOf', 'LAYER_KINDS'],
    logLevel: 'Warn',
  });

  // Typedoc names modules and pages by their files.
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (reflection.kind !== ReflectionKind.Module) return;
    const file = context.getSymbolFromReflection(reflection)?.declarations?.[0].getSourceFile().fileName;
    reflection.name = (file === undefined ? undefined : names.get(file)) ?? reflection.name;
  });
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    const text = document.content.map((part) => part.text).join('');
    document.name = /^# (.*)$/m.exec(text)?.[1] ?? document.name;
  });
  app.renderer.hooks.on('sidebar.begin', (context) =>
    JSX.createElement(
      'p',
      null,
      JSX.createElement('a', { href: context.relativeURL(GALLERY) ?? '' }, 'The gallery'),
    ),
  );

  const project = await app.convert();
  if (project === undefined) return false;
  app.validate(project);
  await app.generateDocs(project, out);
  return !app.logger.hasErrors() && !app.logger.hasWarnings();
}

/**
 * Adds the gallery's page as it is, but with a link back.
 *
 * @param {string} out the folder of the site
 * @param {string} built the page
 */
export function addGallery(out, built) {
  const page = readFileSync(built, 'utf8');
  const linked = page.replace('</nav>', '<a href="../index.html">Documentation</a></nav>');
  if (linked === page) throw new Error(`${built} has no <nav> for a link back`);
  const file = join(out, GALLERY);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, linked);
}
