import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenPage, openPage } from './browser_page';
import { describeWhere } from './describe';

type Scenarios = Record<string, (...args: never[]) => unknown>;

/** Runs one of a page module's functions in the browser; arguments and results are plain JSON. */
export type Run<Module extends Scenarios> = <Name extends keyof Module & string>(
  name: Name,
  ...args: Parameters<Module[Name]>
) => Promise<Awaited<ReturnType<Module[Name]>>>;

/**
 * A suite of a runtime in a page of Chromium, whose last test is that the page reported no errors.
 * @param module the name of the page's module, test/runtimes/<module>.page.ts: what `run` calls
 */
export function describeRuntime<Module extends Scenarios>(
  title: string,
  module: string,
  body: (run: Run<Module>) => void,
): void {
  describeWhere(title, () => {
    let open: OpenPage;
    beforeAll(async () => {
      open = await openPage('/');
    });
    afterAll(() => open?.close());
    body((name, ...args) => open.page.evaluate(call(module, name, args)) as never);

    test('the console of the page stays free of errors', () => {
      expect(open.errors).toEqual([]);
    });
  });
}

/** What the page evaluates: text, since the tests' own bundler would rewrite an import in a function. */
function call(module: string, name: string, args: unknown[]): string {
  return `import('/${module}.page.js').then((page) => page.${name}(...${JSON.stringify(args)}))`;
}
