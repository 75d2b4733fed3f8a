/**
 * Runs vitest and ends with the plain line `N passed, N failed[, N skipped]`, which counts what it reported.
 * Exits with 1 where a test failed, none ran, or vitest itself broke. Arguments are vitest's.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const folder = mkdtempSync(join(tmpdir(), 'tensorseed-test-'));
const result = join(folder, 'result.json');

const reporters = ['--reporter=default', '--reporter=./test/harness/plain-reporter.ts'];
const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  // Imports without file extensions are fine for the bundling loader of vite.config.ts.
  env: { ...process.env, TENSORSEED_RESULT: result, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' },
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => child.kill(signal));

child.on('close', (code) => {
  const counts = read();
  if (code !== 0 && counts.failed === 0 && counts.passed > 0) counts.failed = 1; // vitest itself broke
  const none = counts.passed + counts.failed === 0;
  if (none) console.log('no test ran');
  console.log(
    `${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`,
  );
  process.exitCode = counts.failed > 0 || none ? 1 : 0;
});

function read() {
  try {
    return JSON.parse(readFileSync(result, 'utf8'));
  } catch {
    console.log('vitest ended without a result');
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
