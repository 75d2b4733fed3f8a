import { spawn, spawnSync } from 'node:child_process';

/** A command that ended badly; the message carries the end of what it wrote. */
export class CommandError extends Error {}

/**
 * @typedef {object} Options
 * @property {NodeJS.ProcessEnv} [env] added to this process's
 * @property {string} [cwd]
 * @property {boolean} [shell]
 * @property {(line: string) => void} [onStatus]
 */

/**
 * Runs a command with its output kept back; resolves to the output.
 * Throws a CommandError with the last lines when the exit status is not 0.
 * With `onStatus`, file descriptor 3 is a pipe whose lines are handed over (apt's Status-Fd).
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {Options} options
 * @returns {Promise<string>}
 */
export function command(file, args, { env, cwd, shell, onStatus } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      shell: shell ?? false,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', onStatus ? 'pipe' : 'ignore'],
    });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    if (onStatus) {
      let rest = '';
      child.stdio[3]?.on('data', (data) => {
        const lines = (rest + data).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach(onStatus);
      });
    }
    child.on('error', (error) => reject(new CommandError(`${file}: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const tail = output.trimEnd().split('\n').slice(-60).join('\n');
      reject(new CommandError(`${file} ${args.join(' ')}: ${signal ?? `exit status ${code}`}\n${tail}`));
    });
  });
}

/**
 * The output of a quick command, or '' where it is missing or fails.
 *
 * @param {string} file
 * @param {readonly string[]} args
 */
export function ask(file, args) {
  const { status, stdout } = spawnSync(file, args, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : '';
}
