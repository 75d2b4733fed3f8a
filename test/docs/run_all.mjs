/**
 * Runs modules one after the other in this process.
 *
 *     node run_all.mjs <a JSON array of paths> <the report>
 *
 * For each module it appends a line of JSON to the report: what it printed to stdout, and the error where it
 * failed. Where the process ends early, the first module without a line has ended it.
 */
import { appendFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const [files, report] = process.argv.slice(2);
let output = '';
process.stdout.write = (text) => {
  output += text;
  return true;
};
/** @type {unknown} */
let stray;
process.on('uncaughtException', (error) => {
  stray ??= error;
});
for (const file of /** @type {string[]} */ (JSON.parse(files))) {
  output = '';
  stray = undefined;
  let failure = '';
  try {
    await import(pathToFileURL(file).href);
    await setImmediate(); // Promises that nobody waited for are rejected by now.
    if (stray !== undefined) throw stray;
  } catch (error) {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  appendFileSync(report, `${JSON.stringify({ output, failure })}\n`);
}
