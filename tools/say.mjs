/**
 * The messages of the set-up. They go to stderr, one line for each step, so that stdout is free for results.
 */
/** @typedef {(text: string) => void} Progress */

const PREFIX = 'set-up:';
const live = process.stderr.isTTY === true;

/**
 * Writes one line.
 *
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${PREFIX} ${line}\n`);
}

/**
 * Runs `work`, says what it is doing, shows its progress and says how long it took. `work` receives
 * `progress(text)`. On a terminal the text replaces the current line at once. Elsewhere, as in a log, a line
 * is written at most every five seconds.
 *
 * @template T
 * @param {string} label
 * @param {(progress: Progress) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  let text = '';
  let written = start;
  const show = () => {
    const now = performance.now();
    if (!live && now - written < 4900) return;
    written = now;
    const line = `${PREFIX} ${label}: ${text ? `${text}, ` : ''}${seconds()}`;
    const width = Math.max(20, (process.stderr.columns || 80) - 1);
    process.stderr.write(live ? `\r\x1b[K${line.slice(0, width)}` : `${line}\n`);
  };
  say(`${label} …`);
  const timer = setInterval(show, live ? 250 : 1000);
  try {
    const result = await work((next) => {
      text = next;
      if (live) show();
    });
    if (live) process.stderr.write('\r\x1b[K');
    say(`${label}: done in ${seconds()}`);
    return result;
  } catch (error) {
    if (live) process.stderr.write('\r\x1b[K');
    say(`${label}: failed after ${seconds()}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
