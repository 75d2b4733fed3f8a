import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { knownKeys } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import type { CustomInitializer, CustomLayer, ModelOptions } from '../models';
import { CLASS_NAMES, CODE_NAMES } from '../models/keras/registry';
import { clip } from '../text/clip';
import type { Arguments } from './arguments';
import { onPath, oneLine } from './faults';
import { checkRegular } from './input_file';

/** What a plugin may export. */
const EXPORTS = ['customLayers', 'customInitializers'] as const;
/** The most characters of what a plugin throws. */
const MAX_THROWN = 200;

/** What --custom-layer and --plugin say about layers and initializers that are not Keras's. */
export interface Custom {
  readonly options: Required<Pick<ModelOptions, (typeof EXPORTS)[number]>>;
  /** The names of --custom-layer that no layer had, once a model was read. */
  unused(): string[];
}

/** @throws ArgumentError, one line, where a plugin cannot be loaded or exports something else */
export async function readCustom(args: Arguments): Promise<Custom> {
  const layers = new Map<string, CustomLayer>();
  const initializers = new Map<string, CustomInitializer>();
  const unused = new Set<string>();
  for (const name of args.lists.get('custom-layer') ?? []) {
    checkName(name);
    if (unused.has(name)) throw new ArgumentError(`--custom-layer ${name} is given twice`);
    unused.add(name);
    layers.set(name, () => {
      unused.delete(name);
      return {};
    });
  }
  for (const file of args.lists.get('plugin') ?? []) {
    const { customLayers, customInitializers } = checkExports(file, await load(file));
    for (const [name, what, hook] of hooksOf(file, 'customLayers', customLayers, layers))
      layers.set(name, (...given) =>
        knownKeys(
          `what ${what} returns`,
          call(what, () => hook(...given)),
          ['weights', 'outputShape'],
        ),
      );
    for (const [name, what, hook] of hooksOf(file, 'customInitializers', customInitializers, initializers))
      initializers.set(name, (...given) => call(what, () => hook(...given)) as ReturnType<CustomInitializer>);
  }
  return {
    options: {
      customLayers: Object.fromEntries(layers),
      customInitializers: Object.fromEntries(initializers),
    },
    unused: () => [...unused],
  };
}

function checkName(name: string): void {
  if (name === '') throw new ArgumentError('--custom-layer needs the name of a class, got ""');
  if (CLASS_NAMES.includes(name) && !CODE_NAMES.includes(name))
    throw new ArgumentError(
      `--custom-layer ${name}: that is a layer of Keras's, whose weights are known; name one of your own of ` +
        `this class as it is registered, such as "Custom>${name}"`,
    );
}

/** Runs a plugin, which is a module, and gives its exports. */
async function load(file: string): Promise<object> {
  checkRegular(file, await onPath(`cannot read --plugin ${file}`, () => stat(file)));
  let stop!: (reason: Error) => void;
  // Node would end the program without a word where a module waits for what never comes.
  const never = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('it awaits what never comes'));
  });
  process.once('beforeExit', stop);
  try {
    return await Promise.race([
      import(/* @vite-ignore */ pathToFileURL(file).href) as Promise<object>,
      never,
    ]);
  } catch (error) {
    throw new ArgumentError(`--plugin ${file} cannot be loaded: ${thrown(error)}`);
  } finally {
    process.off('beforeExit', stop);
  }
}

function checkExports(file: string, module: object): Partial<Record<(typeof EXPORTS)[number], unknown>> {
  const wanted = `a plugin exports ${EXPORTS.join(' or ')}, or both`;
  const names = Object.keys(module);
  if (names.length === 0) throw new ArgumentError(`--plugin ${file} exports nothing; ${wanted}`);
  const unknown = names.find((name) => !(EXPORTS as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new ArgumentError(`--plugin ${file} has the unknown export ${show(unknown)}; ${wanted}`);
  return module;
}

type Hook = (...given: any[]) => unknown;

/** Each function of an export, by its name and what messages call it. */
function hooksOf(
  file: string,
  exported: string,
  hooks: unknown,
  known: ReadonlyMap<string, unknown>,
): (readonly [name: string, what: string, hook: Hook])[] {
  if (hooks === undefined) return [];
  // Those of a Map would be lost silently.
  if (Object.prototype.toString.call(hooks) !== '[object Object]')
    throw new ArgumentError(
      `${exported} of --plugin ${file} must be an object of functions, got ${show(hooks)}`,
    );
  return Object.entries(hooks as object).map(([name, hook]) => {
    const what = `${exported}[${show(name)}] of --plugin ${file}`;
    if (typeof hook !== 'function') throw new ArgumentError(`${what} must be a function, got ${show(hook)}`);
    if (known.has(name)) throw new ArgumentError(`${what} is given twice: by another option, too`);
    return [name, what, hook as Hook];
  });
}

function call(what: string, body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    throw new ArgumentError(`${what} throws: ${thrown(error)}`);
  }
}

function thrown(error: unknown): string {
  return clip(oneLine(error), MAX_THROWN);
}
